package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The quota of one znode as ZooKeeper's servers look for it: two znodes in a mirror of the tree below {@value #MIRROR}. They
 * count for the subtree as soon as the znode with the limits is there.
 */
final class Quota {
    private static final String MIRROR = "/zookeeper/quota";
    private static final String LIMITS = "zookeeper_limits";
    private static final String USAGE = "zookeeper_stats";
    private static final int ANY_VERSION = -1;

    private final Session session;
    private final String path;
    private final String mirror;

    /** @throws CommandFailure for a znode that can have none */
    Quota(Session session, String path) {
        if (path.equals(ZnodePath.ROOT) || path.equals(MIRROR) || path.startsWith(MIRROR + "/")) {
            throw new CommandFailure(
                    ExitCode.USAGE, path + " can have no quota: it is for a znode outside of " + MIRROR);
        }
        this.session = session;
        this.path = path;
        this.mirror = MIRROR + path;
    }

    /** The limits, if there are any. */
    Optional<QuotaText> limits() throws InterruptedException {
        return read(limitsPath());
    }

    /** How much there is below the limits, the znode itself included, as the server counts it. */
    Optional<QuotaText> usage() throws InterruptedException {
        return read(usagePath());
    }

    /** Changes the limits, or makes them. */
    void set(UnaryOperator<QuotaText> change) throws InterruptedException {
        if (session.stat(path).isEmpty()) {
            throw new Refusal(ErrorCode.NONODE, path);
        }
        Optional<QuotaText> before = limits();
        if (before.isPresent()) {
            session.set(limitsPath(), change.apply(before.get()).bytes(), ANY_VERSION);
            return;
        }
        requireNoneAbove();
        requireNoneBelow();
        for (int end = mirror.indexOf('/', MIRROR.length() + 1); end >= 0; end = mirror.indexOf('/', end + 1)) {
            createIfAbsent(mirror.substring(0, end), Bytes.EMPTY);
        }
        createIfAbsent(mirror, Bytes.EMPTY);
        // In this order: the servers count for limits that are there, and put the count into what comes.
        session.create(limitsPath(), change.apply(QuotaText.empty()).bytes(), CreateMode.PERSISTENT);
        createIfAbsent(
                usagePath(),
                QuotaText.empty()
                        .with(QuotaText.COUNT, 0)
                        .with(QuotaText.BYTES, 0)
                        .bytes());
    }

    /** Removes it, and what was only there for it; false if there was none. */
    boolean delete() throws InterruptedException {
        if (limits().isEmpty()) {
            return false;
        }
        delete(limitsPath());
        delete(usagePath());
        for (String above = mirror; !above.equals(MIRROR) && delete(above); ) {
            above = ZnodePath.parent(above);
        }
        return true;
    }

    private String limitsPath() {
        return ZnodePath.child(mirror, LIMITS);
    }

    private String usagePath() {
        return ZnodePath.child(mirror, USAGE);
    }

    private Optional<QuotaText> read(String where) throws InterruptedException {
        try {
            return Optional.of(QuotaText.parse(where, session.get(where).data()));
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** Servers know one quota on the way from a znode to the root. */
    private void requireNoneAbove() throws InterruptedException {
        for (String above = ZnodePath.parent(path); !above.equals(ZnodePath.ROOT); above = ZnodePath.parent(above)) {
            if (new Quota(session, above).limits().isPresent()) {
                throw nested(above + " above it");
            }
        }
    }

    private void requireNoneBelow() throws InterruptedException {
        if (session.stat(mirror).isPresent()) {
            requireNoneBelow(Subtree.read(session, mirror, Integer.MAX_VALUE));
        }
    }

    private void requireNoneBelow(Subtree tree) {
        if (tree.name().equals(LIMITS)) {
            throw nested(ZnodePath.parent(tree.path()).substring(MIRROR.length()) + " below it");
        }
        tree.children().forEach(this::requireNoneBelow);
    }

    private CommandFailure nested(String other) {
        return new CommandFailure(
                ExitCode.REFUSED, path + " can have no quota: " + other + " has one, and quotas do not nest");
    }

    private void createIfAbsent(String where, Bytes data) throws InterruptedException {
        try {
            session.create(where, data, CreateMode.PERSISTENT);
        } catch (Refusal refusal) {
            if (refusal.error() != ErrorCode.NODEEXISTS) {
                throw refusal;
            }
        }
    }

    /** False if it is still needed: the quotas of others are below it. */
    private boolean delete(String where) throws InterruptedException {
        try {
            session.delete(where, ANY_VERSION);
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NOTEMPTY) {
                return false;
            }
            if (refusal.error() != ErrorCode.NONODE) {
                throw refusal;
            }
        }
        return true;
    }
}
