package io.zabkeeper.cli.command;

import io.zabkeeper.cli.treefile.TreeFile;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to make a subtree of the service as a file has it: one step for each znode, parents first.
 *
 * <p>Each step is on the condition that the znode is as it was when the plan was made.
 */
record Plan(List<Step> steps) {
    /** What becomes of a znode. */
    enum Kind {
        CREATE("+"),
        CHANGE("~"),
        /** Is as it should be. */
        KEEP("="),
        /** Is not in the file. */
        DELETE("-");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    /**
     * One znode's.
     *
     * @param change null if there is none, or only one of the ACL
     * @param acl null if it stays, or is set by the creation
     * @param detail in words
     */
    record Step(
            Kind kind,
            String path,
            @Nullable Change change,
            @Nullable AclChange acl,
            String detail) {}

    /**
     * Another ACL, which no transaction can set.
     *
     * @param version the aversion that it must have
     */
    record AclChange(List<Acl> acl, int version) {}

    /**
     * Compares.
     *
     * @param place where the file's root belongs
     */
    static Plan of(Session session, TreeFile file, String place) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (TreeFile.Entry entry : file.entries()) {
            String path = entry.pathBelow(place);
            // Below what is missing nothing can be, which saves the questions.
            Optional<Session.Znode> znode =
                    missing.contains(ZnodePath.parent(path)) ? Optional.empty() : find(session, path);
            if (znode.isPresent()) {
                steps.add(existing(session, entry, path, znode.get()));
            } else {
                missing.add(path);
                steps.add(creation(entry, path));
            }
        }
        return new Plan(steps);
    }

    /** Adds the deletion of what is below the place and not in the plan; ephemeral znodes are the sessions' own. */
    Plan withDeletions(Session session, String place) throws InterruptedException {
        Set<String> wanted = new HashSet<>();
        steps.forEach(step -> wanted.add(step.path()));
        List<Step> all = new ArrayList<>(steps);
        if (session.stat(place).isPresent()) {
            for (String path : Subtree.read(session, place, Integer.MAX_VALUE).paths()) {
                Optional<Stat> stat = wanted.contains(path) || isSystem(path) ? Optional.empty() : session.stat(path);
                stat.filter(found -> found.ephemeralOwner() == 0).ifPresent(found -> all.add(deletion(path, found)));
            }
        }
        return new Plan(all);
    }

    Plan only(Set<Kind> kinds) {
        return new Plan(
                steps.stream().filter(step -> kinds.contains(step.kind())).toList());
    }

    long count(Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).count();
    }

    /** Whether the service keeps it for itself. */
    static boolean isSystem(String path) {
        return path.equals("/zookeeper") || path.startsWith("/zookeeper/");
    }

    private static Optional<Session.Znode> find(Session session, String path) throws InterruptedException {
        try {
            return Optional.of(session.get(path));
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static Step creation(TreeFile.Entry entry, String path) {
        List<Acl> acl = entry.acl() == null ? Acl.OPEN_UNSAFE : entry.acl();
        return new Step(
                Kind.CREATE, path, new Change.Create(path, entry.data(), acl), null, bytes(length(entry.data())));
    }

    private static Step existing(Session session, TreeFile.Entry entry, String path, Session.Znode znode)
            throws InterruptedException {
        List<String> details = new ArrayList<>();
        Change change = null;
        if (!content(entry.data()).equals(content(znode.data()))) {
            change = new Change.SetData(path, entry.data(), znode.stat().version());
            details.add("data: " + length(znode.data()) + " to " + bytes(length(entry.data())));
        }
        AclChange acl = null;
        if (entry.acl() != null && !entry.acl().equals(session.acl(path))) {
            acl = new AclChange(entry.acl(), znode.stat().aversion());
            details.add("ACL");
        }
        Kind kind = details.isEmpty() ? Kind.KEEP : Kind.CHANGE;
        return new Step(kind, path, change, acl, String.join(", ", details));
    }

    private static Step deletion(String path, Stat stat) {
        return new Step(Kind.DELETE, path, new Change.Delete(path, stat.version()), null, bytes(stat.dataLength()));
    }

    private static String bytes(int number) {
        return number + (number == 1 ? " byte" : " bytes");
    }

    /** To people no data and empty data are the same. */
    private static Bytes content(@Nullable Bytes data) {
        return Objects.requireNonNullElse(data, Bytes.EMPTY);
    }

    private static int length(@Nullable Bytes data) {
        return content(data).length();
    }
}
