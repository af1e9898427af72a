package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names for what differs from run to run: a zxid is called after the write that got it, a session by its number in the
 * script, a time is right or wrong.
 */
final class Names {
    private static final Set<OpCode> WRITES = EnumSet.of(
            OpCode.CREATE,
            OpCode.CREATE2,
            OpCode.CREATE_CONTAINER,
            OpCode.CREATE_TTL,
            OpCode.DELETE,
            OpCode.SET_DATA,
            OpCode.SET_ACL,
            OpCode.MULTI,
            OpCode.CLOSE_SESSION);

    private static final String OLD = "old";
    private static final long CLOCK_SLACK_MS = 2_000;

    private final Recording recording;
    private final NavigableMap<Long, String> writes = new TreeMap<>();
    private final Set<Long> closes = new HashSet<>();
    private final Map<Long, String> sessions = new HashMap<>();
    private final Map<Long, Bytes> passwords = new HashMap<>();
    private final Map<Long, Long> times = new HashMap<>();

    Names(Recording recording) {
        this.recording = recording;
    }

    /**
     * A write was answered with this zxid: whoever got it first gives it the name. One that cannot be decoded has a zxid
     * of its own here, but none on the reference, or the other way round.
     */
    void written(Ask ask, Received.Frame reply, String name) {
        OpCode op = OpCode.of(ask.code());
        long zxid = reply.zxid();
        boolean isDecoded = reply.error() != ErrorCode.MARSHALLING_ERROR.code() && !ask.startsWithNull();
        if (WRITES.contains(op) && zxid > recording.base() && isDecoded) {
            writes.putIfAbsent(zxid, name);
            if (op == OpCode.CLOSE_SESSION) {
                closes.add(zxid);
            }
        }
    }

    void opened(Entry entry, What.Answered answer) {
        Session session = Session.of(answer.payload().array());
        if (answer.isNew() && session.id() != 0) {
            sessions.putIfAbsent(session.id(), "S" + entry.session() + "." + entry.step());
            passwords.putIfAbsent(session.id(), session.password());
        }
    }

    /** Of a node or an event: exactly that write, or something between two. */
    String zxid(long zxid) {
        return known(zxid) ? floor(zxid) : floor(zxid) + "+";
    }

    private boolean known(long zxid) {
        return zxid <= recording.base() || writes.containsKey(zxid);
    }

    /** Of a reply: the last write of the script that it includes; what else the server numbers is its own affair. */
    String floor(long zxid) {
        if (zxid == 0 || zxid == -1) {
            return Long.toString(zxid);
        }
        if (zxid < 0) {
            return "negative";
        }
        if (zxid == recording.base() || zxid == recording.base() - 1) {
            return zxid == recording.base() ? "root" : "home";
        }
        Map.@Nullable Entry<Long, String> write = writes.floorEntry(zxid);
        return zxid < recording.base() ? OLD : write == null ? "root" : write.getValue();
    }

    /** Whether what happened at this zxid is the end of a session, whose nodes go in no particular order. */
    boolean isUnordered(long zxid) {
        return closes.contains(zxid) || !known(zxid);
    }

    /** The time that goes with a zxid: within the run, and always the same. */
    String time(long zxid, long millis) {
        if (zxid < recording.base() - 1) {
            return millis >= 0 && millis <= recording.endMillis() + CLOCK_SLACK_MS ? OLD : "wrong time " + millis;
        }
        Long before = times.putIfAbsent(zxid, millis);
        boolean isWithin =
                millis >= recording.startMillis() - CLOCK_SLACK_MS && millis <= recording.endMillis() + CLOCK_SLACK_MS;
        if (!isWithin) {
            return "wrong time " + millis;
        }
        return before == null || before == millis ? "then" : "another time, by " + (millis - before);
    }

    String session(long id) {
        return id == 0 ? "0" : sessions.getOrDefault(id, "unknown session");
    }

    /** Whether the password is the one that the session got at first. */
    String password(long id, Bytes password) {
        if (id == 0) {
            return password.equals(Bytes.of(new byte[password.length()]))
                    ? "zeros(" + password.length() + ")"
                    : "not zeros";
        }
        return password.equals(passwords.get(id)) ? "its(" + password.length() + ")" : "another";
    }
}
