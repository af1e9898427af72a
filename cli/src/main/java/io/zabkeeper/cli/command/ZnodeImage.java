package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A znode as it was read: all that another like it needs.
 *
 * @param acl empty if it was not asked for
 */
record ZnodeImage(String path, @Nullable Bytes data, Stat stat, List<Acl> acl) {
    private static final String HIDDEN_HASH = ":x";

    /** Told of each znode that was read. */
    @FunctionalInterface
    interface Listener {
        void onRead(int znodes);
    }

    /**
     * Reads a znode and all below it, parents first, children sorted by name. What is deleted meanwhile is left out.
     *
     * @param isWithAcl whether to ask for the ACLs too
     * @throws Refusal if the znode itself is not there
     */
    static List<ZnodeImage> readAll(Session session, String path, boolean isWithAcl, Listener listener)
            throws InterruptedException {
        List<ZnodeImage> images = new ArrayList<>();
        collect(session, Subtree.read(session, path, Integer.MAX_VALUE), isWithAcl, images, listener);
        if (images.isEmpty()) {
            throw new Refusal(ErrorCode.NONODE, path);
        }
        return images;
    }

    private static void collect(
            Session session, Subtree tree, boolean isWithAcl, List<ZnodeImage> images, Listener listener)
            throws InterruptedException {
        Optional<ZnodeImage> image = read(session, tree.path(), isWithAcl);
        if (image.isPresent()) {
            images.add(image.get());
            listener.onRead(images.size());
            for (Subtree child : tree.children()) {
                collect(session, child, isWithAcl, images, listener);
            }
        }
    }

    private static Optional<ZnodeImage> read(Session session, String path, boolean isWithAcl)
            throws InterruptedException {
        try {
            Session.Znode znode = session.get(path);
            List<Acl> acl = isWithAcl ? session.acl(path) : List.of();
            return Optional.of(new ZnodeImage(path, znode.data(), znode.stat(), acl));
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    boolean isEphemeral() {
        return stat.ephemeralOwner() != 0;
    }

    /** The creation of another like it. The service does not tell which are containers or have a time to live. */
    Change create(String target) {
        return new Change.Create(target, data, wholeAcl());
    }

    /** @throws CommandFailure if the service hid parts of it: what others are let in by is for administrators only */
    List<Acl> wholeAcl() {
        for (Acl entry : acl) {
            if (entry.id().scheme().equals("digest") && entry.id().id().endsWith(HIDDEN_HASH)) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "NOAUTH: the service hides the hashes in the ACL of " + path
                                + " from us, who may not set it; a copy would let nobody in");
            }
        }
        return acl;
    }
}
