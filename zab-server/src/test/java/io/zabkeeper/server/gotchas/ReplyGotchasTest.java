package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.PERSISTENT;
import static io.zabkeeper.server.gotchas.Calls.bytes;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.frame;
import static io.zabkeeper.server.gotchas.Calls.joined;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.BothServers;
import io.zabkeeper.server.oracle.Handshake;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.RecordWriter;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The order and the form of replies, their zxids, and requests that are odd. */
class ReplyGotchasTest {
    private static final int HEADER_SIZE = 16;

    @OnBoth
    void g14_replies_come_in_the_order_of_the_requests(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g14");
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int xid = 1; xid <= 1_000; xid++) {
                Ask ask = xid % 3 == 0 ? Ask.getData("/g14", false) : Ask.setData("/g14", bytes("" + xid), -1);
                requests.writeBytes(frame(xid, ask));
            }

            client.send(requests.toByteArray());

            for (int xid = 1; xid <= 1_000; xid++) {
                Received.Frame reply = client.reply();
                assertThat(reply.xid()).isEqualTo(xid);
                if (xid % 3 == 0) {
                    assertThat(reply.body().buffer()).isEqualTo(bytes("" + (xid - 1)));
                }
            }
        }
    }

    @OnBoth
    void g15_a_ping_is_answered_with_its_own_number_and_nothing_else(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g15");
            client.send(7, Ask.of(OpCode.PING));
            Received.Frame alone = client.reply();
            ByteArrayOutputStream load = new ByteArrayOutputStream();
            for (int xid = 1; xid <= 100; xid++) {
                load.writeBytes(frame(xid, Ask.setData("/g15", NOTHING, -1)));
            }
            load.writeBytes(frame(-2, Ask.of(OpCode.PING)));
            client.send(load.toByteArray());
            List<Received.Frame> replies = replies(client, 101);

            assertThat(alone.xid()).isEqualTo(-2);
            assertThat(alone.payload().length()).isEqualTo(HEADER_SIZE);
            assertThat(alone.zxid()).isPositive();
            assertThat(replies.stream().filter(reply -> reply.xid() == -2))
                    .singleElement()
                    .matches(reply -> reply.payload().length() == HEADER_SIZE);
        }
    }

    @OnBoth
    void g16_auth_is_answered_with_its_own_xid_and_no_zxid(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            client.send(7, Ask.auth("digest", bytes("bob:pw")));

            Received.Frame reply = client.reply();

            assertThat(List.of(reply.xid(), reply.error(), (int) reply.zxid())).containsExactly(7, 0, 0);
            assertThat(reply.payload().length()).isEqualTo(HEADER_SIZE);
        }
    }

    /** The reference may answer auth before what was asked earlier; ours keeps the order: docs/compatibility.md. */
    @OnBoth
    void g17_the_answer_to_auth_keeps_its_place(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g17");
            client.send(joined(
                    frame(1, Ask.setData("/g17", NOTHING, -1)),
                    frame(2, Ask.auth("digest", bytes("bob:pw"))),
                    frame(3, Ask.getData("/g17", false))));

            List<Integer> order =
                    replies(client, 3).stream().map(Received.Frame::xid).toList();

            assertThat(order).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(order.indexOf(1)).isLessThan(order.indexOf(3));
            if (BothServers.isOurs(subject)) {
                assertThat(order).containsExactly(1, 2, 3);
            }
        }
    }

    @OnBoth
    void g18_set_watches_is_answered_with_its_own_xid_and_nothing_else(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            List<List<String>> none = List.of(List.of(), List.of(), List.of());
            client.send(-8, Ask.setWatches(OpCode.SET_WATCHES, 1, new ArrayList<>(none)));
            client.send(9, Ask.setWatches(OpCode.SET_WATCHES, 1, new ArrayList<>(none)));

            List<Received.Frame> replies = replies(client, 2);

            assertThat(replies).extracting(Received.Frame::xid).containsExactly(-8, 9);
            assertThat(replies).allMatch(reply -> reply.payload().length() == HEADER_SIZE && reply.zxid() > 0);
        }
    }

    @OnBoth
    void g19_a_refusal_has_no_body(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply = client.call(Ask.getData("/g19", false));

            assertThat(reply.error()).isEqualTo(NO_NODE);
            assertThat(reply.payload().length()).isEqualTo(HEADER_SIZE);
        }
    }

    @OnBoth
    void g20_add_watch_answers_with_four_bytes(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            Received.Frame reply = done(client, Ask.watch(OpCode.ADD_WATCH, "/g20", 0));

            assertThat(reply.payload().length()).isEqualTo(HEADER_SIZE + 4);
            assertThat(reply.body().int32()).isZero();
        }
    }

    @OnBoth(members = 3)
    void g21_the_zxids_of_replies_grow_and_are_known_at_every_member_soon(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            List<Long> zxids = new ArrayList<>();
            zxids.add(done(client, Ask.create("/g21", NOTHING, PERSISTENT)).zxid());
            for (int i = 0; i < 20; i++) {
                zxids.add(done(client, Ask.setData("/g21", NOTHING, -1)).zxid());
                zxids.add(done(client, Ask.exists("/g21", false)).zxid());
                zxids.add(client.call(Ask.setData("/g21", NOTHING, 999)).zxid());
            }

            long last = zxids.get(zxids.size() - 1);
            assertThat(zxids).isSorted().allMatch(zxid -> zxid > 0);
            for (int member = 1; member <= 3; member++) {
                int id = member;
                Eventually.holds("member " + id + " lets in who has seen so much", WireClient.PATIENCE, () -> {
                    try (WireClient next = subject.open(id)) {
                        return next.handshake(new Handshake(last, 10_000, 0, Bytes.EMPTY, false)) != null;
                    }
                });
            }
        }
    }

    @OnBoth(members = 3)
    void g22_an_unknown_operation_ends_the_connection_one_that_is_switched_off_does_not(Subject subject)
            throws IOException {
        try (WireClient client = subject.connect(1)) {
            refused(client, Calls.UNIMPLEMENTED, Ask.createTtl("/g22", NOTHING, Acl.OPEN_UNSAFE, Calls.TTL, 60_000));
            node(client, "/g22");

            Received.Frame unknown = client.call(Calls.unknown(999));

            assertThat(unknown.error()).isEqualTo(Calls.UNIMPLEMENTED);
            assertThat(unknown.zxid()).isEqualTo(-1);
            assertThat(client.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
        }
    }

    @OnBoth
    void g23_a_request_that_is_too_large_ends_its_connection_and_nothing_else(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1);
                WireClient other = subject.connect(1)) {
            node(other, "/g23");
            client.send(1, Ask.setData("/g23", new byte[1024 * 1024], -1));

            assertThat(client.receive(WireClient.PATIENCE)).isEqualTo(new Received.End());
            done(other, Ask.setData("/g23", new byte[1_000_000], 0));
        }
    }

    @OnBoth
    void g79_who_sends_too_much_has_to_wait_and_is_not_refused(Subject subject) throws Exception {
        int count = 10_000;
        try (WireClient client = subject.connect(1)) {
            node(client, "/g79");
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int xid = 1; xid <= count; xid++) {
                requests.writeBytes(frame(xid, Ask.setData("/g79", bytes("" + xid), -1)));
            }

            CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> client.send(requests.toByteArray()));
            List<Received.Frame> replies = replies(client, count);

            assertThat(sent.get(1, TimeUnit.MINUTES)).isTrue();
            assertThat(replies).allMatch(reply -> reply.error() == 0);
            assertThat(replies)
                    .extracting(Received.Frame::xid)
                    .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
        }
    }

    @OnBoth
    void g82_a_record_that_cannot_be_read_is_an_error_and_the_connection_stays(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            refused(client, Calls.MARSHALLING, Ask.getData(null, false));
            refused(client, Calls.MARSHALLING, Ask.of(OpCode.GET_DATA, new RecordWriter().int32(100)));
            refused(client, Calls.MARSHALLING, Ask.of(OpCode.SET_DATA, new RecordWriter().text("/g82")));

            node(client, "/g82");
        }
    }

    @OnBoth
    void g83_bytes_behind_a_record_are_ignored(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            byte[] longer = new RecordWriter()
                    .raw(Ask.create("/g83", bytes("x"), PERSISTENT).body().array())
                    .raw(new byte[100])
                    .bytes();

            done(client, new Ask(OpCode.CREATE.code(), Bytes.of(longer)));

            assertThat(done(client, Ask.getData("/g83", false)).body().buffer()).isEqualTo(bytes("x"));
        }
    }

    private static List<Received.Frame> replies(WireClient client, int count) throws IOException {
        List<Received.Frame> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(client.reply());
        }
        return replies;
    }
}
