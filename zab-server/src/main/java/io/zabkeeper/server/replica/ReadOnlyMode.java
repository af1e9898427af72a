package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.Role;
import java.util.concurrent.TimeUnit;

/**
 * When a member without a quorum serves reads of what it has applied (client protocol §10.3, ADR 8): once it has looked
 * for a leader for a while, and until it has found one or its state is about to change.
 *
 * <p>Belongs to the replica loop of one member.
 */
public final class ReadOnlyMode {
    private static final int LEAST_MS = 2_000;

    /** Negative for never. */
    private final long afterNanos;

    private boolean looking;
    private long lookingSinceNanos;
    private boolean serving;

    private ReadOnlyMode(long afterNanos) {
        this.afterNanos = afterNanos;
    }

    public static ReadOnlyMode off() {
        return new ReadOnlyMode(-1);
    }

    /** After two seconds without a leader, or after a tick if that is longer. */
    public static ReadOnlyMode on(int tickMs) {
        return new ReadOnlyMode(TimeUnit.MILLISECONDS.toNanos(Math.max(LEAST_MS, tickMs)));
    }

    void roleChanged(Role role, long nowNanos) {
        if (role == Role.LOOKING && !looking) {
            lookingSinceNanos = nowNanos;
        }
        looking = role == Role.LOOKING;
    }

    /**
     * Whether reads are served from now on.
     *
     * @param applied the position of the state. At 0 there is none: a member whose disk is new, was wiped or was found
     *     damaged would tell clients that nothing exists, and serves nobody instead.
     */
    boolean begins(long applied, long nowNanos) {
        boolean due =
                !serving && looking && applied != 0 && afterNanos >= 0 && nowNanos - lookingSinceNanos >= afterNanos;
        serving |= due;
        return due;
    }

    /** The state is about to change, or the member has a leader. */
    void end(long nowNanos) {
        serving = false;
        lookingSinceNanos = nowNanos;
    }

    boolean isServing() {
        return serving;
    }
}
