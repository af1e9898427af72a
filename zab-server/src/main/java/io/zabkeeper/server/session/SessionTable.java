package io.zabkeeper.server.session;

import io.zabkeeper.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that exist, replicated: only ordered commands change it, by way of the tree machine, so that it is one cut
 * with the tree. Who is still alive is not known here; expiry is the leader's business and arrives as a command.
 *
 * <p>Belongs to the replica loop.
 */
public final class SessionTable {
    /** Never iterated where the order matters. */
    private final Map<Long, Session> sessions = new HashMap<>();

    public @Nullable Session get(long id) {
        return sessions.get(id);
    }

    public int size() {
        return sessions.size();
    }

    /** In no order. */
    public void forEach(Consumer<Session> action) {
        sessions.values().forEach(action);
    }

    /** Those of this moment, in no order. */
    public List<Session> snapshot() {
        return new ArrayList<>(sessions.values());
    }

    /** Null when the id is taken. For the tree machine only, as the methods below. */
    public @Nullable Session open(long id, int timeoutMs, Bytes password, int owner, long zxid) {
        Session session = new Session(id, timeoutMs, Session.hash(password), owner, zxid);
        return sessions.putIfAbsent(id, session) == null ? session : null;
    }

    /** Null when there is no such session or it has another password. */
    public @Nullable Session attach(long id, int timeoutMs, Bytes password, int owner, long zxid) {
        Session session = sessions.get(id);
        if (session == null || !session.accepts(password)) {
            return null;
        }
        Session attached = session.attached(timeoutMs, owner, zxid);
        sessions.put(id, attached);
        return attached;
    }

    /** The one that ended, null when there was none. */
    public @Nullable Session close(long id) {
        return sessions.remove(id);
    }

    /** Puts back what a checkpoint holds. */
    public void restore(Session session) {
        sessions.put(session.id(), session);
    }
}
