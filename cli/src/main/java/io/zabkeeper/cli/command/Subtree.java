package io.zabkeeper.cli.command;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A znode and all below it, as it is read: what is deleted meanwhile is left out. */
record Subtree(String path, List<Subtree> children) {
    /**
     * Reads it, children sorted by name.
     *
     * @param depth how many levels below the znode
     * @throws Refusal if the znode itself is not there
     */
    static Subtree read(Session session, String path, int depth) throws InterruptedException {
        return find(session, path, depth).orElseThrow(() -> new Refusal(ErrorCode.NONODE, path));
    }

    private static Optional<Subtree> find(Session session, String path, int depth) throws InterruptedException {
        List<String> names;
        try {
            names = session.children(path).stream().sorted().toList();
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                return Optional.empty();
            }
            throw refusal;
        }
        Subtree tree = new Subtree(path, new ArrayList<>());
        if (depth > 0) {
            for (String name : names) {
                find(session, ZnodePath.child(path, name), depth - 1).ifPresent(tree.children::add);
            }
        }
        return Optional.of(tree);
    }

    /** The paths of all its znodes, parents first. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        addPaths(paths);
        return paths;
    }

    private void addPaths(List<String> paths) {
        paths.add(path);
        children.forEach(child -> child.addPaths(paths));
    }

    /** How many znodes it has, itself included. */
    long size() {
        return 1 + children.stream().mapToLong(Subtree::size).sum();
    }

    /** The last part of the path; the root's is the root. */
    String name() {
        return path.equals(ZnodePath.ROOT) ? path : ZnodePath.name(path);
    }
}
