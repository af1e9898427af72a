package io.zabkeeper.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.reply.AddWatchReply;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.reply.SaslReply;
import io.zabkeeper.wire.reply.WhoAmIReply;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.CheckWatches;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.ConnectRequest;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.GetEphemerals;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Reconfig;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.RemoveWatches;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import io.zabkeeper.wire.request.Sasl;
import io.zabkeeper.wire.request.Sync;
import io.zabkeeper.wire.request.Unknown;
import io.zabkeeper.wire.request.WhoAmI;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte for byte, as unmodified servers and clients send it. */
final class ByteVectorsTest {
    private static final String NO_PASSWORD = "00".repeat(16);

    @Test
    void asks_for_a_new_session() {
        ConnectRequest request = new ConnectRequest(0, 0, 10000, 0, Bytes.of(new byte[16]), false, true);

        assertThat(frame(out -> ConnectCodec.encodeRequest(request, out)))
                .isEqualTo(hex(
                        "0000002d 00000000 0000000000000000 00002710 0000000000000000 00000010", NO_PASSWORD, "00"));
    }

    @Test
    void leaves_the_flag_out_for_old_clients() {
        ConnectRequest request = new ConnectRequest(0, 0, 10000, 0, Bytes.of(new byte[16]), false, false);
        ConnectReply reply = new ConnectReply(0, 10000, 1, Bytes.of(new byte[16]), false, false);

        assertThat(frame(out -> ConnectCodec.encodeRequest(request, out))).startsWith(hex("0000002c"));
        assertThat(frame(out -> ConnectCodec.encodeReply(reply, out))).startsWith(hex("00000024"));
    }

    @Test
    void grants_a_session() {
        byte[] password = ByteBufUtil.decodeHexDump("0102030405060708090a0b0c0d0e0f10");
        ConnectReply reply = new ConnectReply(0, 10000, 0x1122334455667788L, Bytes.of(password), false, true);

        assertThat(frame(out -> ConnectCodec.encodeReply(reply, out)))
                .isEqualTo(hex(
                        "00000025 00000000 00002710 1122334455667788 00000010 0102030405060708090a0b0c0d0e0f10 00"));
    }

    @Test
    void says_that_a_session_is_no_more() {
        assertThat(frame(out -> ConnectCodec.encodeReply(ConnectReply.expired(true), out)))
                .isEqualTo(hex("00000025 00000000 00000000 0000000000000000 00000010", NO_PASSWORD, "00"));
    }

    @Test
    void pings() {
        assertThat(request(Xid.PING, Ping.INSTANCE)).isEqualTo(hex("00000008 fffffffe 0000000b"));
        assertThat(reply(Xid.PING)).isEqualTo(hex("00000010 fffffffe 0000000500000006 00000000"));
    }

    @Test
    void creates() {
        Create create = new Create(OpCode.CREATE, "/a", Bytes.ofUtf8("hi"), Acl.OPEN_UNSAFE, 0);

        assertThat(request(1, create))
                .isEqualTo(hex(
                        "00000033 00000001 00000001 00000002 2f61 00000002 6869 00000001 0000001f",
                        "00000005 776f726c64 00000006 616e796f6e65 00000000"));
        assertThat(frame(out -> ReplyCodec.encode(new ReplyHeader(1, 5, 0), new CreateReply("/a"), out)))
                .isEqualTo(hex("00000016 00000001 0000000000000005 00000000 00000002 2f61"));
    }

    @Test
    void tells_of_a_change() {
        assertThat(frame(out -> ReplyCodec.encodeEvent(5, new WatchEvent(EventType.NODE_DATA_CHANGED, "/a"), out)))
                .isEqualTo(hex("0000001e ffffffff 0000000000000005 00000000 00000003 00000003 00000002 2f61"));
    }

    @Test
    void closes_a_session() {
        assertThat(request(9, CloseSession.INSTANCE)).isEqualTo(hex("00000008 00000009 fffffff5"));
        assertThat(reply(9)).isEqualTo(hex("00000010 00000009 0000000500000006 00000000"));
    }

    @Test
    void ends_a_multi() {
        assertThat(body(new Multi(List.of()))).isEqualTo("ffffffff01ffffffff");
        assertThat(body(new MultiReply(List.of()))).isEqualTo("ffffffff01ffffffff");
    }

    @Test
    void tells_of_every_operation_of_a_failed_multi() {
        MultiReply failed = new MultiReply(List.of(
                new Result.Failed(ErrorCode.OK),
                new Result.Failed(ErrorCode.NONODE),
                new Result.Failed(ErrorCode.RUNTIME_INCONSISTENCY)));

        assertThat(body(failed))
                .isEqualTo("ffffffff0000000000" + "00000000" + "ffffffff00ffffff9b" + "ffffff9b" + "ffffffff00fffffffe"
                        + "fffffffe" + "ffffffff01ffffffff");
    }

    @Test
    void marks_each_result_of_a_multi_with_its_operation() {
        MultiReply done = new MultiReply(List.of(
                new Result.Done(OpCode.CREATE, new CreateReply("/a")),
                new Result.Done(OpCode.CREATE2, new Create2Reply("/b", Samples.STAT)),
                new Result.Done(OpCode.CHECK, EmptyReply.INSTANCE)));

        String body = body(done);

        assertThat(body).startsWith("000000010000000000" + "000000022f61" + "0000000f0000000000" + "000000022f62");
        assertThat(body).endsWith("0000000d0000000000" + "ffffffff01ffffffff");
    }

    @Test
    void reads_several_at_once() {
        assertThat(body(new MultiRead(List.of(new GetData("/a", true), new GetChildren("/", false, false)))))
                .isEqualTo("0000000400ffffffff" + "000000022f6101" + "0000000800ffffffff" + "000000012f00"
                        + "ffffffff01ffffffff");

        MultiReply reply = new MultiReply(List.of(
                new Result.Failed(ErrorCode.NONODE),
                new Result.Done(OpCode.GET_CHILDREN, new ChildrenReply(List.of(Bytes.ofUtf8("zookeeper")), null))));
        assertThat(body(reply))
                .isEqualTo("ffffffff00ffffff9b" + "ffffff9b" + "000000080000000000" + "00000001" + "000000097a6f6f6b"
                        + "6565706572" + "ffffffff01ffffffff");
    }

    /** Gotcha 20. */
    @Test
    void answers_a_watch_with_four_bytes() {
        assertThat(request(3, new AddWatch("/a", AddWatchMode.PERSISTENT_RECURSIVE)))
                .isEqualTo(hex("00000012 00000003 0000006a 00000002 2f61 00000001"));
        assertThat(body(AddWatchReply.DONE)).isEqualTo("00000000");
        assertThat(body(new RemoveWatches("/a", WatcherType.ANY))).isEqualTo("000000022f61" + "00000003");
        assertThat(body(new CheckWatches("", WatcherType.PERSISTENT_RECURSIVE))).isEqualTo("00000000" + "00000005");
    }

    @Test
    void tells_who_a_client_is() {
        assertThat(body(WhoAmI.INSTANCE)).isEmpty();
        assertThat(body(new WhoAmIReply(List.of(new ClientInfo("ip", "127.0.0.1"), new ClientInfo("super", "")))))
                .isEqualTo(
                        "00000002" + "000000026970" + "000000093132372e302e302e31" + "000000057375706572" + "00000000");
    }

    @Test
    void counts_and_lists() {
        assertThat(body(new GetEphemerals(null))).isEqualTo("ffffffff");
        assertThat(body(new EphemeralsReply(List.of("/a")))).isEqualTo("00000001" + "000000022f61");
        assertThat(body(new GetAllChildrenNumber("/"))).isEqualTo("000000012f");
        assertThat(body(new CountReply(3))).isEqualTo("00000003");
    }

    /** As ClickHouse Keeper has them. */
    @Test
    void lists_with_a_filter_and_with_details() {
        assertThat(request(5, new FilteredList("/a", true, ChildFilter.EPHEMERAL)))
                .isEqualTo(hex("00000010 00000005 000001f4 00000002 2f61 01 02"));
        assertThat(request(5, new DetailedList("/a", false, ChildFilter.PERSISTENT, true, false)))
                .isEqualTo(hex("00000012 00000005 000001fa 00000002 2f61 00 01 01 00"));
        assertThat(request(5, new RemoveRecursive("/a", 100)))
                .isEqualTo(hex("00000012 00000005 000001f7 00000002 2f61 00000064"));
        String stat = "ff".repeat(JuteWriter.STAT_SIZE);
        Stat all = new Stat(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        Bytes name = Bytes.ofUtf8("b");
        assertThat(body(new DetailedListReply(List.of(name), all, List.of(all), List.of(Bytes.EMPTY))))
                .isEqualTo("00000001" + "0000000162" + stat + "00000001" + stat + "00000001" + "00000000");
    }

    @Test
    void exchanges_tokens_that_may_be_absent() {
        assertThat(request(0, new Sasl(Bytes.EMPTY))).isEqualTo(hex("0000000c 00000000 00000066 00000000"));
        assertThat(body(new SaslReply(null))).isEqualTo("ffffffff");
    }

    @Test
    void asks_for_other_members() {
        assertThat(body(new Reconfig(null, "3", null, -1)))
                .isEqualTo("ffffffff" + "0000000133" + "ffffffff" + "f".repeat(16));
    }

    @Test
    void takes_any_byte_but_zero_for_true() {
        ByteBuf exists = bytes("00000002 2f61 7f");

        assertThat(RequestCodec.decode(OpCode.EXISTS.code(), exists)).isEqualTo(new Exists("/a", true));
    }

    @Test
    void replaces_what_is_not_utf_8() {
        ByteBuf sync = bytes("00000003 2fff61");

        assertThat(RequestCodec.decode(OpCode.SYNC.code(), sync)).isEqualTo(new Sync("/\uFFFDa"));
    }

    @Test
    void decodes_what_it_does_not_carry_out_no_further_than_its_number() {
        assertThat(RequestCodec.decode(20, bytes("ff"))).isEqualTo(new Unknown(20));
        assertThat(RequestCodec.decode(12345, bytes(""))).isEqualTo(new Unknown(12345));
        assertThat(RequestCodec.decode(Integer.MIN_VALUE, bytes(""))).isEqualTo(new Unknown(Integer.MIN_VALUE));
    }

    private static byte[] request(int xid, Request request) {
        RequestHeader header = new RequestHeader(xid, request.op().code());
        return frame(out -> RequestCodec.encode(header, request, out));
    }

    private static byte[] reply(int xid) {
        return frame(out -> ReplyCodec.encode(new ReplyHeader(xid, 0x500000006L, 0), EmptyReply.INSTANCE, out));
    }

    private static String body(Request request) {
        ByteBuf out = Unpooled.buffer();
        RequestCodec.encodeBody(request, out);
        return ByteBufUtil.hexDump(out);
    }

    private static String body(Reply reply) {
        ByteBuf out = Unpooled.buffer();
        ReplyCodec.encode(new ReplyHeader(1, 1, 0), reply, out);
        return ByteBufUtil.hexDump(out.skipBytes(ReplyCodec.HEADER_SIZE));
    }

    private static byte[] frame(Consumer<ByteBuf> encoder) {
        ByteBuf out = Unpooled.buffer().writeInt(0);
        encoder.accept(out);
        out.setInt(0, out.readableBytes() - FrameLimit.PREFIX_SIZE);
        return ByteBufUtil.getBytes(out);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(hex(hex));
    }

    private static byte[] hex(String... parts) {
        return ByteBufUtil.decodeHexDump(String.join("", parts).replace(" ", ""));
    }
}
