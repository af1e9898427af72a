package io.zabkeeper.server.gotchas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.RecordReader;
import io.zabkeeper.server.oracle.RecordWriter;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the tests of this package do again and again over a raw connection. */
final class Calls {
    static final int PERSISTENT = 0;
    static final int EPHEMERAL = 1;
    static final int SEQUENTIAL = 2;
    static final int CONTAINER = 4;
    static final int TTL = 5;

    static final int UNIMPLEMENTED = -6;
    static final int MARSHALLING = -5;
    static final int BAD_ARGUMENTS = -8;
    static final int NO_NODE = -101;
    static final int NO_AUTH = -102;
    static final int BAD_VERSION = -103;
    static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    static final int NODE_EXISTS = -110;
    static final int NOT_EMPTY = -111;
    static final int INVALID_ACL = -114;
    static final int READ_ONLY = -119;
    static final int NO_WATCHER = -121;

    /** The id of {@code bob:pw}. */
    static final String BOB = "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=";

    static final byte[] NOTHING = {};

    private Calls() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The reply to a request that must succeed. */
    static Received.Frame done(WireClient client, Ask ask) throws IOException {
        Received.Frame reply = client.call(ask);
        assertThat(reply.error()).as(ask.toString()).isZero();
        return reply;
    }

    static void refused(WireClient client, int error, Ask ask) throws IOException {
        Received.Frame reply = client.call(ask);
        assertThat(reply.error()).as(ask.toString()).isEqualTo(error);
    }

    /** Creates a node that everybody may do everything with, and returns its path. */
    static String node(WireClient client, String path, int flags) throws IOException {
        return text(done(client, Ask.create(path, NOTHING, flags)).body());
    }

    static String node(WireClient client, String path) throws IOException {
        return node(client, path, PERSISTENT);
    }

    static String text(RecordReader body) {
        return Objects.requireNonNull(body.text());
    }

    /** The data that a reply to getData brings, as text. */
    static String value(Received.Frame reply) {
        return new String(Objects.requireNonNull(reply.body().buffer()), UTF_8);
    }

    static Stat stat(WireClient client, String path) throws IOException {
        return done(client, Ask.exists(path, false)).body().stat();
    }

    static void auth(WireClient client, String user) throws IOException {
        done(client, Ask.auth("digest", bytes(user)));
    }

    static Acl digest(int permissions, String id) {
        return new Acl(permissions, new AuthId("digest", id));
    }

    static Acl world(int permissions) {
        return new Acl(permissions, AuthId.ANYONE);
    }

    /** A request without a record under a number that no table has. */
    static Ask unknown(int code) {
        return new Ask(code, io.zabkeeper.wire.Bytes.EMPTY);
    }

    /** The next event. */
    static String event(WireClient client) throws IOException {
        return describe(client.event());
    }

    /** The events that came until a request is answered that is sent now. */
    static List<String> eventsUntilNow(WireClient client) throws IOException {
        done(client, Ask.exists("/", false));
        return client.events().stream().map(Calls::describe).toList();
    }

    /** Type and path; what every event has in common is checked here. */
    static String describe(Received.Frame event) {
        assertThat(event.xid()).isEqualTo(-1);
        assertThat(event.error()).isZero();
        RecordReader body = event.body();
        int type = body.int32();
        assertThat(body.int32()).as("the state").isEqualTo(3);
        String path = text(body);
        assertThat(body.remaining()).isZero();
        return switch (type) {
                    case 1 -> "created ";
                    case 2 -> "deleted ";
                    case 3 -> "changed ";
                    case 4 -> "children ";
                    default -> type + " ";
                }
                + path;
    }

    /** The results of a multi: the type of each, or its error. */
    static List<String> results(Received.Frame reply) {
        RecordReader body = reply.body();
        List<String> results = new ArrayList<>();
        while (true) {
            int type = body.int32();
            boolean isLast = body.int8() != 0;
            int error = body.int32();
            if (isLast) {
                assertThat(List.of(type, error, body.remaining())).containsExactly(-1, -1, 0);
                return results;
            }
            results.add(type == -1 ? "error " + error + " " + body.int32() : result(type, error, body));
        }
    }

    private static String result(int type, int error, RecordReader body) {
        assertThat(error).isZero();
        switch (type) {
            case 1 -> {
                return "1 " + text(body);
            }
            case 15 -> {
                return "15 " + text(body) + " czxid=" + body.stat().czxid();
            }
            case 5 -> {
                return "5 version=" + body.stat().version();
            }
            default -> {
                return Integer.toString(type);
            }
        }
    }

    /** Comes back to a session on a new connection that must be let in. */
    static WireClient reattach(Subject subject, int member, Session session) throws IOException {
        WireClient client = subject.open(member);
        Session again = session(client, Handshake.again(session));
        assertThat(again.id()).isEqualTo(session.id());
        return client;
    }

    static Session session(WireClient client, Handshake handshake) throws IOException {
        @Nullable Session session = client.handshake(handshake);
        assertThat(session).as("the answer to a handshake").isNotNull();
        return Objects.requireNonNull(session);
    }

    /** Waits until this member has applied everything that is committed. */
    static void sync(WireClient client) throws IOException {
        done(client, Ask.path(OpCode.SYNC, "/"));
    }

    /** Lets time go by, which some promises are about. */
    static void after(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Eventually.holds(time + " have gone by", time.plusSeconds(10), () -> System.nanoTime() > end);
    }

    /** Keeps a session alive for so long. */
    static void pingFor(WireClient client, Duration time, Duration pause) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            client.send(-2, Ask.of(OpCode.PING));
            assertThat(client.reply().xid()).isEqualTo(-2);
            assertThat(client.receive(pause)).isInstanceOf(Received.Silence.class);
        }
    }

    static byte[] joined(byte[]... parts) {
        RecordWriter all = new RecordWriter();
        for (byte[] part : parts) {
            all.raw(part);
        }
        return all.bytes();
    }

    static byte[] frame(int xid, Ask ask) {
        return WireClient.frame(ask.payload(xid));
    }
}
