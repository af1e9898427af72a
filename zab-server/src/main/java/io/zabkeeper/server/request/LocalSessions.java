package io.zabkeeper.server.request;

import io.zabkeeper.server.session.ExpiryWheel;
import io.zabkeeper.wire.Bytes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that this member alone knows and looks after (client protocol §6, §10.3): no other member has heard of them, no
 * log and no checkpoint contains them, and they end with the process. One object for local sessions, another one for those
 * of read-only mode.
 *
 * <p>Belongs to the replica loop.
 */
final class LocalSessions {
    /** A session; times and passwords are those of its last connection. */
    private record Local(int timeoutMs, Bytes password, boolean isUncertain) {}

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final boolean upgrades;
    private final Map<Long, Local> sessions = new HashMap<>();
    private final ExpiryWheel wheel = new ExpiryWheel();
    private long lastLookNanos;

    /** @param upgrades whether a session becomes a global one when it wants an ephemeral znode */
    LocalSessions(boolean upgrades) {
        this.upgrades = upgrades;
    }

    boolean upgrades() {
        return upgrades;
    }

    void open(long id, int timeoutMs, Bytes password, long nowNanos) {
        put(id, new Local(timeoutMs, password, false), nowNanos);
    }

    /** Takes back a session that was to become a global one: whether it has is not known yet. */
    void takeBack(long id, int timeoutMs, Bytes password, long nowNanos) {
        put(id, new Local(timeoutMs, password, true), nowNanos);
    }

    /** False when there is no such session or it has another password. */
    boolean attach(long id, int timeoutMs, Bytes password, long nowNanos) {
        Local session = sessions.get(id);
        if (session == null || !MessageDigest.isEqual(session.password.array(), password.array())) {
            return false;
        }
        put(id, new Local(timeoutMs, password, false), nowNanos);
        return true;
    }

    private void put(long id, Local session, long nowNanos) {
        sessions.put(id, session);
        wheel.remove(id); // Its timeout may have become shorter.
        wheel.touch(id, session.timeoutMs, TimeUnit.NANOSECONDS.toMillis(nowNanos));
    }

    boolean contains(long id) {
        return sessions.containsKey(id);
    }

    /** Whether the session may be a global one by now, of which only the ensemble can tell. */
    boolean isUncertain(long id) {
        Local session = sessions.get(id);
        return session != null && session.isUncertain;
    }

    /** What the session's client was told; null when there is no such session. */
    @Nullable
    Bytes password(long id) {
        Local session = sessions.get(id);
        return session == null ? null : session.password;
    }

    /** Called every few milliseconds: notes who was heard, and ends those that were not for their timeout. */
    void tick(long nowNanos, Collection<ClientSession> connections) {
        if (sessions.isEmpty() || nowNanos - lastLookNanos < LOOK_NANOS) {
            return;
        }
        lastLookNanos = nowNanos;
        for (ClientSession connection : connections) {
            Local session = sessions.get(connection.id());
            if (session != null && connection.home() == this && connection.takeHeard()) {
                wheel.touch(connection.id(), session.timeoutMs, TimeUnit.NANOSECONDS.toMillis(connection.heardNanos()));
            }
        }
        Set<Long> expired = new HashSet<>(wheel.expire(TimeUnit.NANOSECONDS.toMillis(nowNanos)));
        if (!expired.isEmpty()) {
            sessions.keySet().removeAll(expired);
            List.copyOf(connections).stream()
                    .filter(connection -> connection.home() == this && expired.contains(connection.id()))
                    .forEach(ClientSession::endSession);
        }
    }

    /** Every session gets its full timeout again, because nobody could be heard for a while. */
    void refresh(long nowNanos) {
        sessions.forEach((id, session) -> wheel.touch(id, session.timeoutMs, TimeUnit.NANOSECONDS.toMillis(nowNanos)));
    }

    void close(long id) {
        sessions.remove(id);
        wheel.remove(id);
    }

    void clear() {
        sessions.clear();
        wheel.clear();
    }

    int size() {
        return sessions.size();
    }

    /** The sessions of this moment, in no order. */
    List<Long> ids() {
        return new ArrayList<>(sessions.keySet());
    }
}
