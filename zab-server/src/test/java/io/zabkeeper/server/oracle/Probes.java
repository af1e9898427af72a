package io.zabkeeper.server.oracle;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One session on every member of a server, beside the scripts: prepares, waits and looks, and is not recorded. */
final class Probes implements AutoCloseable {
    /** The member that {@link #exists} asks. */
    static final int WATCHTOWER = 1;

    private static final int TIMEOUT_MS = 60_000;

    private final List<WireClient> clients = new ArrayList<>();
    /** How often something may have been written, and how much of it each member is known to have. */
    private long happened;

    /** The newest zxid that any member has answered with. */
    private long newestZxid;

    private final long[] caughtUp;

    private final boolean isSyncEnough;

    private Probes(Subject subject) {
        this.caughtUp = new long[subject.members() + 1];
        this.isSyncEnough = !subject.name().equals("reference");
    }

    static Probes of(Subject subject) throws IOException {
        Probes probes = new Probes(subject);
        for (int member = 1; member <= subject.members(); member++) {
            WireClient client = subject.open(member);
            client.newSession(TIMEOUT_MS);
            probes.clients.add(client);
        }
        int error = probes.on(1).call(Ask.create("/s", null, 0)).error();
        if (error != 0 && error != ErrorCode.NODEEXISTS.code()) {
            throw new AssertionError("no root for scripts: " + error);
        }
        return probes;
    }

    private WireClient on(int member) {
        return clients.get(member - 1);
    }

    /** A directory for one script, with its root; returns the zxid from which on everything is the script's. */
    long createHome(String home) throws IOException {
        on(1).call(Ask.create(home, null, 0));
        Received.Frame reply = on(1).call(Ask.create(home + "/r", null, 0));
        if (reply.error() != 0) {
            throw new AssertionError("no root for a script: " + reply);
        }
        answered(reply);
        somethingHappened();
        catchUpAll();
        return reply.zxid();
    }

    /** Members may differ from now on. */
    void somethingHappened() {
        happened++;
    }

    /** A member has applied as much as it says in a reply. */
    void answered(Received.Frame reply) {
        newestZxid = Math.max(newestZxid, reply.zxid());
    }

    /** Waits until this member has applied all that has been answered anywhere. */
    void catchUp(int member) throws IOException {
        if (clients.size() > 1 && caughtUp[member] < happened) {
            sync(member);
        }
    }

    /** All members, standalone too; keeps the probes' own sessions alive besides. */
    void catchUpAll() throws IOException {
        for (int member = 1; member <= clients.size(); member++) {
            sync(member);
        }
    }

    /**
     * The reference's leader answers a sync of its own clients at once, and may then be behind a follower that has applied
     * its word already: the zxids tell.
     */
    private void sync(int member) throws IOException {
        long now = happened;
        Received.Frame reply = on(member).call(Ask.path(OpCode.SYNC, "/"));
        if (reply.error() != 0) {
            throw new AssertionError("no barrier: " + reply);
        }
        if (!isSyncEnough) {
            awaitApplied(member);
        }
        caughtUp[member] = now;
    }

    private void awaitApplied(int member) {
        long goal = newestZxid;
        Eventually.holds(
                "member " + member + " has applied 0x" + Long.toHexString(goal),
                WireClient.PATIENCE,
                () -> on(member).call(Ask.exists("/", false)).zxid() >= goal);
    }

    boolean exists(String path) throws IOException {
        return on(WATCHTOWER).call(Ask.exists(path, false)).error() == 0;
    }

    @Override
    public void close() {
        clients.forEach(WireClient::close);
    }
}
