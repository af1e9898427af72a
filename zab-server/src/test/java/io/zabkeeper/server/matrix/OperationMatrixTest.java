package io.zabkeeper.server.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.RecordReader;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.codec.ConnectCodec;
import io.zabkeeper.wire.request.ConnectRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every operation from everybody on every way, on a raw socket; the reference too, wherever we do as it does. */
class OperationMatrixTest {
    private static final String[] SETTINGS = {
        "extendedTypesEnabled=true",
        "-Dzookeeper.DigestAuthenticationProvider.superDigest=super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss="
    };

    private static final List<Acl> ALICE_ONLY =
            List.of(new Acl(Permission.ALL, new AuthId("digest", "alice:V55/p2T0OpjQ+low3NVAH4aLvm0=")));

    private static final Map<Role, String> CREDENTIALS =
            Map.of(Role.WRONG, "eve:pw", Role.RIGHT, "alice:pw", Role.SUPER, "super:super");

    private static final int TIMEOUT_MS = 30_000;
    private static final int XID = 7;
    private static final int PING_XID = -2;

    @Test
    void has_a_row_for_each_operation() {
        Set<Integer> codes = new TreeSet<>();
        Set<Integer> agreed = new TreeSet<>();
        for (Row row : Matrix.rows()) {
            (row.extensions().isEmpty() ? codes : agreed).add(row.code());
        }
        for (OpCode op : OpCode.values()) {
            if (op != OpCode.UNKNOWN) {
                assertThat(codes).as("row of %s", op).contains(op.code());
            }
            if (!Extensions.NONE.allow(op)) {
                assertThat(agreed).as("row of %s where it is agreed on", op).contains(op.code());
            }
        }
    }

    @Test
    void documents_each_operation() throws IOException {
        Path document = Path.of(System.getProperty("zabkeeper.root", ".."), "docs", "compatibility.md");
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(document)) {
            if (line.matches("\\| -?\\d.*\\|.*\\|.*\\|")) {
                documented.addAll(List.of(line.substring(2, line.indexOf(" |")).split(", ")));
            }
        }
        for (OpCode op : OpCode.values()) {
            if (op != OpCode.UNKNOWN) {
                assertThat(documented).as("row of %s", op).contains(Integer.toString(op.code()));
            }
        }
    }

    @Test
    void zabkeeper_gives_every_verdict() throws IOException {
        try (Subject subject = Subject.own(1, SETTINGS)) {
            assertThat(run(subject, row -> true)).isEqualTo(Matrix.rows().size() * cellsOfRow());
        }
    }

    @Test
    void the_reference_gives_the_same_verdicts() throws IOException {
        try (Subject subject = Subject.reference(1, SETTINGS)) {
            assertThat(run(subject, Row::isOfReference)).isGreaterThan(30 * cellsOfRow());
        }
    }

    /** CVE-2026-79993: refused is not enough, nothing must have happened. */
    @Test
    void internal_operations_leave_no_trace() throws IOException {
        try (Subject subject = Subject.own(1, SETTINGS);
                WireClient before = subject.connect(1)) {
            assertThat(before.call(Ask.create(OpCode.CREATE_CONTAINER, "/c", null, Acl.OPEN_UNSAFE, 4))
                            .error())
                    .isZero();
            for (OpCode op : List.of(OpCode.DELETE_CONTAINER, OpCode.CREATE_SESSION, OpCode.ERROR)) {
                try (WireClient client = subject.connect(1)) {
                    assertThat(client.call(Ask.path(op, "/c")).error()).isEqualTo(-6);
                    assertThat(client.isClosedWithin(WireClient.PATIENCE)).isTrue();
                }
            }
            assertThat(before.call(Ask.exists("/c", false)).error()).isZero();
        }
    }

    private static int cellsOfRow() {
        return Role.values().length * Way.values().length;
    }

    /** Tries all cells of these rows; the number of those that gave the verdict that the table computes. */
    private static int run(Subject subject, Predicate<Row> which) throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        int cells = 0;
        try (WireClient keeper = subject.connect(1)) {
            assertThat(keeper.call(Ask.auth("digest", "super:super".getBytes(UTF_8)))
                            .error())
                    .isZero();
            for (Row row : Matrix.rows()) {
                if (!which.test(row)) {
                    continue;
                }
                for (Role role : Role.values()) {
                    for (Way way : Way.values()) {
                        cells++;
                        String path = "/cell" + cells;
                        plant(keeper, path, role);
                        Verdict verdict = attempt(subject, row, role, way, path);
                        if (!verdict.equals(row.expected(role, way))) {
                            wrong.put(row + " " + role + " " + way, verdict + ", expected " + row.expected(role, way));
                        }
                    }
                }
            }
        }
        assertThat(wrong).as("verdicts of %s", subject).isEmpty();
        return cells;
    }

    private static void plant(WireClient keeper, String path, Role role) throws IOException {
        List<Acl> acl = role.isOpen() ? Acl.OPEN_UNSAFE : ALICE_ONLY;
        Received.Frame planted = keeper.call(Ask.multi(
                OpCode.MULTI,
                List.of(
                        Ask.create(OpCode.CREATE, path, null, acl, 0),
                        Ask.create(OpCode.CREATE, path + "/child", null, acl, 0))));
        assertThat(insideOf(planted)).isZero();
    }

    private static Verdict attempt(Subject subject, Row row, Role role, Way way, String path) throws IOException {
        Ask ask = row.askFor(path);
        boolean isInside = way == Way.IN_MULTI || way == Way.IN_MULTI_READ;
        if (way == Way.IN_MULTI) {
            ask = Ask.multi(OpCode.MULTI, List.of(ask));
        } else if (way == Way.IN_MULTI_READ) {
            ask = Ask.multi(OpCode.MULTI_READ, List.of(ask));
        }
        if (role == Role.NOBODY) {
            return withoutSession(subject, way, ask);
        }
        boolean mayEndLate =
                subject.name().equals("reference") && row.expected(role, way).ends();
        try (WireClient client = subject.open(1)) {
            prepare(client, row, role, path);
            if (way != Way.AFTER_RECONNECT) {
                return verdict(client, ask, isInside || isMulti(row), mayEndLate);
            }
            Session session = client.session();
            client.drop();
            try (WireClient again = subject.open(1)) {
                shake(again, row.extensions(), session.id(), session.password());
                return verdict(again, ask, isMulti(row), mayEndLate);
            }
        }
    }

    private static void prepare(WireClient client, Row row, Role role, String path) throws IOException {
        shake(client, row.extensions(), 0, Bytes.of(new byte[16]));
        String credentials = CREDENTIALS.get(role);
        if (credentials != null) {
            assertThat(client.call(Ask.auth("digest", credentials.getBytes(UTF_8)))
                            .error())
                    .isZero();
        }
        for (var first : row.before()) {
            assertThat(client.call(first.apply(path)).error()).isZero();
        }
    }

    private static void shake(WireClient client, Extensions extensions, long id, Bytes password) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        ConnectCodec.encodeRequest(
                new ConnectRequest(extensions.protocolVersion(), 0, TIMEOUT_MS, id, password, false, true), frame);
        client.sendFrame(ByteBufUtil.getBytes(frame));
        Session session = client.handshakeAnswer();
        assertThat(session).isNotNull();
        assertThat(client.session().isRefused()).isFalse();
        int granted = new RecordReader(client.session().payload().array()).int32();
        assertThat(granted).isEqualTo(extensions.protocolVersion());
    }

    /**
     * The request is the first frame of a connection, or follows a handshake that is refused. Nothing but such a refusal
     * may come back.
     */
    private static Verdict withoutSession(Subject subject, Way way, Ask ask) throws IOException {
        try (WireClient client = subject.open(1)) {
            if (way == Way.AFTER_RECONNECT) {
                client.sendFrame(new Handshake(0, TIMEOUT_MS, 0x123456789L, Bytes.of(new byte[16]), false).payload());
            }
            client.send(XID, ask);
            byte[] payload = client.payload(WireClient.PATIENCE);
            if (payload != null) {
                boolean isRefusal = Arrays.equals(Arrays.copyOf(payload, 16), new byte[16]);
                assertThat(isRefusal).as("answer to %s without a session", ask).isTrue();
            }
            assertThat(client.isClosedWithin(WireClient.PATIENCE)).isTrue();
            return Verdict.CUT_OFF;
        }
    }

    /**
     * Whether the connection ends shows a ping behind the request: ours never answers it then.
     *
     * @param mayEndLate whether what came behind the request may be answered before the end
     */
    private static Verdict verdict(WireClient client, Ask ask, boolean isMulti, boolean mayEndLate) throws IOException {
        client.send(XID, ask);
        Received.Frame reply = nextReply(client);
        if (reply == null) {
            return Verdict.CUT_OFF;
        }
        client.send(PING_XID, Ask.of(OpCode.PING));
        boolean ends = nextReply(client) == null || (mayEndLate && client.isClosedWithin(WireClient.PATIENCE));
        Integer inside = isMulti && reply.error() == 0 ? insideOf(reply) : null;
        return new Verdict(reply.error(), inside, ends);
    }

    /** Null when the connection has ended. */
    private static Received.@Nullable Frame nextReply(WireClient client) throws IOException {
        while (true) {
            Received received = client.receive(WireClient.PATIENCE);
            if (received instanceof Received.End) {
                return null;
            }
            assertThat(received).isInstanceOf(Received.Frame.class);
            if (received instanceof Received.Frame frame && !frame.isEvent()) {
                return frame;
            }
        }
    }

    private static boolean isMulti(Row row) {
        return row.code() == OpCode.MULTI.code() || row.code() == OpCode.MULTI_READ.code();
    }

    /** The error of the first result. */
    private static int insideOf(Received.Frame reply) {
        RecordReader in = reply.body();
        in.int32();
        in.int8();
        return in.int32();
    }
}
