package io.zabkeeper.client.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a server that answers: one host after another, at once within a round, with growing and jittered pauses
 * between rounds, for as long as it is told to.
 *
 * <p>An attempt ends well with {@link #attached}, otherwise its connection is closed by whoever notices, also by the
 * time limit that covers name resolution, TCP and the handshake.
 */
final class Connector {
    /** Before the first attempt after a loss: clients of a failed server do not all arrive at once. */
    private static final int SPREAD_MS = 100;

    private static final int FIRST_PAUSE_MS = 100;
    private static final int LONGEST_PAUSE_MS = 2000;

    private static final int SHORTEST_ATTEMPT_MS = 2000;
    private static final int LONGEST_ATTEMPT_MS = 10_000;

    private final EventLoop loop;
    private final Dialer dialer;
    private final HostList hosts;
    private final RandomGenerator random;
    private final int attemptTimeoutMs;
    private final Connection.Receiver receiver;

    /** Since a session was attached last, or since the start. */
    private int attempts;

    private boolean hasEverAttached;
    private boolean isStopped;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable ScheduledFuture<?> attemptLimit;
    private @Nullable Connection attempt;

    Connector(
            EventLoop loop,
            Dialer dialer,
            HostList hosts,
            SessionSettings settings,
            RandomGenerator random,
            Connection.Receiver receiver) {
        this.loop = loop;
        this.dialer = dialer;
        this.hosts = hosts;
        this.random = random;
        this.attemptTimeoutMs =
                Math.min(LONGEST_ATTEMPT_MS, Math.max(SHORTEST_ATTEMPT_MS, settings.sessionTimeoutMs() / hosts.size()));
        this.receiver = receiver;
    }

    /** Makes the next attempt, now or after a pause. */
    void seek() {
        endAttempt();
        if (!isStopped) {
            pause = loop.schedule(this::attempt, pauseMs(), TimeUnit.MILLISECONDS);
        }
    }

    /** The attempt has led to a session. */
    void attached() {
        endAttempt();
        attempts = 0;
        hasEverAttached = true;
    }

    void stop() {
        isStopped = true;
        Connection unfinished = attempt;
        endAttempt();
        if (unfinished != null) {
            unfinished.close("the session has ended");
        }
        if (pause != null) {
            pause.cancel(false);
        }
    }

    private int pauseMs() {
        if (attempts == 0) {
            return hasEverAttached ? random.nextInt(SPREAD_MS) : 0;
        }
        if (attempts % hosts.size() != 0) {
            return 0;
        }
        int round = Math.min(attempts / hosts.size() - 1, 8);
        int longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << round);
        return longest / 2 + random.nextInt(longest / 2);
    }

    private void attempt() {
        attempts++;
        Connection connection = new Connection(hosts.next(), receiver);
        attempt = connection;
        attemptLimit = loop.schedule(
                () -> connection.close("no session within " + attemptTimeoutMs + " ms"),
                attemptTimeoutMs,
                TimeUnit.MILLISECONDS);
        dialer.dial(connection, attemptTimeoutMs);
    }

    private void endAttempt() {
        attempt = null;
        if (attemptLimit != null) {
            attemptLimit.cancel(false);
            attemptLimit = null;
        }
    }
}
