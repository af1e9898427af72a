package io.zabkeeper.server.replica;

import io.zabkeeper.server.replica.ReplicaMessage.Touch;
import io.zabkeeper.server.session.ExpiryWheel;
import io.zabkeeper.server.session.Session;
import io.zabkeeper.server.session.SessionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which sessions are alive. Each member collects whom it heard; the leader keeps the deadlines of all of them.
 *
 * <p>A session expires when it was not heard for its timeout and the time that a follower's report may take. If this loop
 * itself stood still, as in a collector's pause, the reports could not come in: then every deadline moves by as much (P6).
 */
final class SessionLiveness {
    /** How often members report whom they heard. */
    static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What a report may take from the instant a session is heard until the leader knows, under load. */
    private static final int GRACE_MS = 300;

    /** A loop that was not called for this long has missed reports. */
    private static final long STALL_MS = 500;

    private final ExpiryWheel wheel = new ExpiryWheel();
    private boolean leading;
    private long creditMs;
    private long lastCheckMs;

    /** This member leads from now on: every session gets a full timeout, whatever the leader before knew. */
    void lead(SessionTable sessions, long nowNanos) {
        leading = true;
        creditMs = 0;
        lastCheckMs = millis(nowNanos);
        wheel.clear();
        sessions.forEach(session -> touch(session.id(), session.timeoutMs(), nowNanos));
    }

    void stopLeading() {
        leading = false;
        wheel.clear();
    }

    boolean isLeading() {
        return leading;
    }

    void touch(long session, int timeoutMs, long heardNanos) {
        wheel.touch(session, timeoutMs + GRACE_MS, millis(heardNanos) - creditMs);
    }

    /** A follower's report; sessions that are gone meanwhile are passed over. */
    void touch(List<Touch> touches, SessionTable sessions, long nowNanos) {
        for (Touch touch : touches) {
            Session session = sessions.get(touch.session());
            if (session != null) {
                touch(session.id(), session.timeoutMs(), nowNanos - TimeUnit.MILLISECONDS.toNanos(touch.agoMillis()));
            }
        }
    }

    void closed(long session) {
        wheel.remove(session);
    }

    /** The sessions that must be closed now. */
    List<Long> expire(long nowNanos) {
        if (!leading) {
            return List.of();
        }
        long nowMs = millis(nowNanos);
        long stalledMs = nowMs - lastCheckMs;
        lastCheckMs = nowMs;
        if (stalledMs > STALL_MS) {
            creditMs += stalledMs;
        }
        return wheel.expire(nowMs - creditMs);
    }

    /** In the order of their deadlines; nothing where this member does not lead. */
    void forEachDeadline(int limit, long nowNanos, Replica.Deadlines deadlines) {
        long nowMs = millis(nowNanos) - creditMs;
        wheel.forEach(limit, (session, deadlineMs) -> deadlines.deadline(session, deadlineMs - nowMs));
    }

    /** Collects a report for the leader. */
    static final class Report implements ClientService.HeardSession {
        private final long nowNanos;
        private final List<Touch> touches = new ArrayList<>();

        Report(long nowNanos) {
            this.nowNanos = nowNanos;
        }

        @Override
        public void heard(long session, int timeoutMs, long atNanos) {
            touches.add(new Touch(session, (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(nowNanos - atNanos))));
        }

        List<Touch> touches() {
            return touches;
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
