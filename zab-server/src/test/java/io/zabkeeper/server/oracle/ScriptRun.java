package io.zabkeeper.server.oracle;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Xid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One script on one server, step by step.
 *
 * <p>The order in which different connections see things is made the same on every server: a step reads all replies that
 * it asked for, and before a step on a member that member has caught up with everything that was answered anywhere. So
 * every event that an earlier step caused has been written to its connection, and is read in front of that connection's
 * next reply.
 */
final class ScriptRun {
    /** Longer than any reply takes; what is not here by then is missing. */
    private static final Duration DUE = Duration.ofSeconds(10);

    private static final Duration EXPIRED = Duration.ofSeconds(30);
    private static final int SHORTEST_MS = 1;
    private static final int AHEAD = 1_000_000;

    private static final int CLOSING_XID = 9_999;

    /** A session of the script, and where it is connected. */
    private static final class Guest {
        final int number;

        @Nullable
        Session session;

        @Nullable
        Link link;

        final List<Link> left = new ArrayList<>();
        long lastSeen;

        Guest(int number) {
            this.number = number;
        }
    }

    private record Link(int member, WireClient client, boolean stale) {}

    private final Subject subject;
    private final Probes probes;
    private final String home;
    private final long base;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Guest> guests = new TreeMap<>();
    private final List<Session> abandoned = new ArrayList<>();
    private int at;

    private ScriptRun(Subject subject, Probes probes, String home, long base) {
        this.subject = subject;
        this.probes = probes;
        this.home = home;
        this.base = base;
    }

    static Recording of(Script script, Subject subject, Probes probes, int run) throws IOException {
        String home = Script.home(run);
        long start = System.currentTimeMillis();
        long base = probes.createHome(home);
        ScriptRun me = new ScriptRun(subject, probes, home, base);
        try {
            for (Step step : script.steps()) {
                me.perform(step);
                me.at++;
            }
            me.leave();
        } catch (AssertionError | IOException failed) {
            throw new AssertionError(subject + " could not play step " + me.at + " of " + script, failed);
        } finally {
            me.guests.values().forEach(ScriptRun::dropAll);
        }
        return new Recording(home, base, start, System.currentTimeMillis(), me.entries);
    }

    private void perform(Step step) throws IOException {
        Guest guest = guests.computeIfAbsent(step.session(), Guest::new);
        if (step instanceof Step.Connect connect) {
            probes.catchUp(connect.member());
            connect(guest, connect);
        } else if (step instanceof Step.Attach attach) {
            probes.catchUp(attach.member());
            attach(guest, attach);
        } else if (step instanceof Step.Burst burst) {
            burst(guest, burst.requests());
        } else if (step instanceof Step.Stale stale) {
            stale(guest, stale.request());
        } else if (step instanceof Step.Garbage garbage) {
            garbage(guest, garbage.bytes());
        } else if (step instanceof Step.Drop) {
            hangUp(guest);
        } else if (step instanceof Step.Expire expire) {
            expire(guest, expire);
        }
    }

    // ---- connections ------------------------------------------------------------------------------------------------

    private void connect(Guest guest, Step.Connect connect) throws IOException {
        hangUp(guest);
        Link link = new Link(connect.member(), subject.open(connect.member()), false);
        boolean flag = connect.knowsReadOnly();
        Handshake handshake = new Handshake(0, connect.timeoutMs(), 0, Bytes.of(new byte[16]), flag ? false : null);
        Session opened = link.client.handshake(handshake);
        answered(guest, true, opened);
        if (opened == null || opened.isRefused()) {
            end(guest, link);
            return;
        }
        if (guest.session != null) {
            abandoned.add(guest.session);
        }
        guest.session = opened;
        guest.link = link;
    }

    private void attach(Guest guest, Step.Attach attach) throws IOException {
        Session session = guest.session;
        if (session == null) {
            return;
        }
        if (attach.secret() != Step.Secret.RIGHT) {
            hangUp(guest); // Deviation.WRONG_PASSWORD is looked at by itself.
            dropAll(guest);
        }
        // A member that has yet to apply the end of this very session would cut the new connection off with it.
        probes.catchUp(attach.member());
        drain(guest, attach.member());
        Link link = new Link(attach.member(), subject.open(attach.member()), false);
        long seen = switch (attach.seen()) {
            case NOTHING -> 0;
            case LAST -> guest.lastSeen;
            case AHEAD -> Math.max(guest.lastSeen, base) + AHEAD;
        };
        Bytes secret = switch (attach.secret()) {
            case RIGHT -> session.password();
            case WRONG -> Bytes.of(new byte[16]);
            case EMPTY -> Bytes.EMPTY;
            case NULL -> null;
        };
        Session opened = link.client.handshake(new Handshake(seen, attach.timeoutMs(), session.id(), secret, false));
        answered(guest, false, opened);
        if (opened == null || opened.isRefused()) {
            end(guest, link);
            return;
        }
        Link before = guest.link;
        if (before != null) {
            guest.left.add(new Link(before.member, before.client, true));
        }
        for (Link old : List.copyOf(guest.left)) {
            if (old.member == attach.member()) {
                guest.left.remove(old);
                end(guest, old);
            }
        }
        guest.link = link;
    }

    /**
     * Reads what an earlier connection to the same member has still to say: the new one takes its place, and the reference
     * may cut it off in front of an event that it owes, or behind it.
     */
    private void drain(Guest guest, int member) throws IOException {
        Link before = guest.link;
        if (before != null && before.member == member) {
            exchange(guest, before, List.of(new Step.Request(Xid.PING, Ask.of(OpCode.PING))));
        }
    }

    private void answered(Guest guest, boolean isNew, @Nullable Session answer) {
        if (answer != null) {
            note(guest, false, new What.Answered(isNew, answer.payload()));
            probes.somethingHappened();
        }
    }

    /** The server is expected to close this connection; whatever comes before is noted. */
    private void end(Guest guest, Link link) throws IOException {
        while (true) {
            Received received = link.client.receive(DUE);
            if (received instanceof Received.Frame frame) {
                came(guest, link.stale, frame);
            } else {
                note(guest, link.stale, received instanceof Received.End ? new What.Ended() : new What.Silent());
                link.client.drop();
                if (link.equals(guest.link)) {
                    guest.link = null;
                }
                return;
            }
        }
    }

    /**
     * Drops the connection and waits until the server knows. The reference takes a connection that it sees end for the
     * session's last one: it would forget the next one with it, and not end that when it is left in its turn.
     */
    private static void hangUp(Guest guest) throws IOException {
        Link link = guest.link;
        if (link != null) {
            link.client.hangUp(DUE);
            guest.link = null;
        }
    }

    private static void drop(Guest guest) {
        Link link = guest.link;
        if (link != null) {
            link.client.drop();
            guest.link = null;
        }
    }

    private static void dropAll(Guest guest) {
        drop(guest);
        guest.left.forEach(link -> link.client.drop());
        guest.left.clear();
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    private void burst(Guest guest, List<Step.Request> requests) throws IOException {
        Link link = guest.link;
        if (link != null) {
            exchange(guest, link, requests);
        }
    }

    private void stale(Guest guest, Step.Request request) throws IOException {
        if (!guest.left.isEmpty()) {
            Link link = guest.left.get(guest.left.size() - 1);
            exchange(guest, link, List.of(request));
            guest.left.remove(link);
            link.client.drop();
        }
    }

    /**
     * Sends, and reads the replies. The end of a session does not come at once behind what the connections that it has left
     * are still owed: with the session the reference may cut them off in front of an event, or behind it.
     */
    private void exchange(Guest guest, Link link, List<Step.Request> requests) throws IOException {
        int close = guest.left.isEmpty() ? -1 : indexOfClose(requests);
        if (close > 0) {
            exchangeAtOnce(guest, link, requests.subList(0, close));
        }
        if (close >= 0) {
            for (Link left : guest.left) {
                probes.catchUp(left.member);
            }
        }
        if (close <= 0 || link.equals(guest.link)) {
            exchangeAtOnce(guest, link, requests.subList(Math.max(0, close), requests.size()));
        }
    }

    private static int indexOfClose(List<Step.Request> requests) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).ask().code() == OpCode.CLOSE_SESSION.code()) {
                return i;
            }
        }
        return -1;
    }

    private void exchangeAtOnce(Guest guest, Link link, List<Step.Request> requests) throws IOException {
        probes.catchUp(link.member);
        RecordWriter out = new RecordWriter();
        for (Step.Request request : requests) {
            byte[] payload = request.ask().payload(request.xid());
            out.buffer(Script.resolve(payload, home, guest.lastSeen));
            note(guest, link.stale, new What.Sent(request));
        }
        link.client.send(out.bytes());
        probes.somethingHappened();
        for (Step.Request request : requests) {
            Received.Frame reply = reply(guest, link);
            if (reply == null) {
                link.client.drop();
                if (link.equals(guest.link)) {
                    guest.link = null;
                }
                return;
            }
            if (hangsUp(request.ask().code(), reply)) {
                end(guest, link);
                return;
            }
        }
    }

    /** Whether this is the last reply of its connection. */
    private static boolean hangsUp(int code, Received.Frame reply) {
        return code == OpCode.CLOSE_SESSION.code()
                || (reply.error() == ErrorCode.UNIMPLEMENTED.code() && reply.zxid() == -1)
                || (reply.error() == ErrorCode.AUTH_FAILED.code() && reply.zxid() == 0);
    }

    private Received.@Nullable Frame reply(Guest guest, Link link) throws IOException {
        while (true) {
            Received received = link.client.receive(DUE);
            if (!(received instanceof Received.Frame frame)) {
                note(guest, link.stale, received instanceof Received.End ? new What.Ended() : new What.Silent());
                return null;
            }
            came(guest, link.stale, frame);
            if (!frame.isEvent()) {
                return frame;
            }
        }
    }

    private void garbage(Guest guest, Bytes bytes) throws IOException {
        Link link = guest.link;
        if (link != null) {
            probes.catchUp(link.member);
            link.client.send(bytes.array());
            end(guest, link);
        }
    }

    // ---- ends -------------------------------------------------------------------------------------------------------

    private void expire(Guest guest, Step.Expire expire) throws IOException {
        probes.catchUp(expire.member());
        connect(guest, new Step.Connect(expire.session(), expire.member(), SHORTEST_MS, true));
        burst(guest, List.of(new Step.Request(1, Ask.create(expire.path(), null, 1))));
        drop(guest);
        String path = new String(
                Script.resolve(expire.path().getBytes(StandardCharsets.UTF_8), home, 0), StandardCharsets.UTF_8);
        probes.catchUp(Probes.WATCHTOWER); // Or it would not have it yet, which is not the end of it.
        Eventually.holds(path + " expires", EXPIRED, () -> !probes.exists(path));
        probes.somethingHappened();
    }

    /** Reads what is left on every connection and closes every session, so that none expires into a later script. */
    private void leave() throws IOException {
        for (Guest guest : guests.values()) {
            burst(guest, List.of(new Step.Request(Xid.PING, Ask.of(OpCode.PING))));
        }
        for (Guest guest : guests.values()) {
            if (guest.session != null && guest.link == null) {
                attach(guest, new Step.Attach(guest.number, 1, Step.Secret.RIGHT, Step.Seen.NOTHING, 10_000));
            }
            burst(guest, List.of(new Step.Request(CLOSING_XID, Ask.of(OpCode.CLOSE_SESSION))));
            dropAll(guest);
        }
        for (Session session : abandoned) {
            try (WireClient client = subject.open(1)) {
                if (client.handshake(Handshake.again(session)) != null) {
                    client.send(CLOSING_XID, Ask.of(OpCode.CLOSE_SESSION));
                    client.isClosedWithin(DUE);
                }
            }
        }
        probes.catchUpAll();
    }

    private void came(Guest guest, boolean stale, Received.Frame frame) {
        probes.answered(frame);
        guest.lastSeen = Math.max(guest.lastSeen, frame.zxid());
        note(guest, stale, new What.Came(frame));
    }

    private void note(Guest guest, boolean stale, What what) {
        entries.add(new Entry(at, guest.number, stale, what));
    }
}
