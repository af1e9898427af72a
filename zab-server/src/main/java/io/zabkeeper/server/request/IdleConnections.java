package io.zabkeeper.server.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections from which nothing comes any more (client protocol §1.6). The expiry of a session ends its connection
 * sooner; what is left for this are connections whose session has moved to another member.
 *
 * <p>Silence is counted in sweeps and not in time: when the loop itself stood still, what clients sent meanwhile is read
 * before the next sweep, and nobody is blamed for the pause.
 *
 * <p>Belongs to the replica loop.
 */
final class IdleConnections {
    static final int SWEEP_MS = 1_000;

    /** A session's timeout is rounded up to the next multiple. */
    private static final int STEP_MS = 10_000;

    private long lastSweepNanos;

    void tick(long nowNanos, Collection<ClientSession> connections) {
        if (nowNanos - lastSweepNanos < TimeUnit.MILLISECONDS.toNanos(SWEEP_MS)) {
            return;
        }
        lastSweepNanos = nowNanos;
        List<ClientSession> silent = new ArrayList<>();
        for (ClientSession session : connections) {
            if (session.sweep() > allowedSweeps(session.timeoutMs())) {
                silent.add(session);
            }
        }
        silent.forEach(ClientSession::abandon);
    }

    private static int allowedSweeps(int timeoutMs) {
        return (timeoutMs + STEP_MS - 1) / STEP_MS * (STEP_MS / SWEEP_MS);
    }
}
