package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.KeeperState;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.reply.AclReply;
import io.zabkeeper.wire.reply.AddWatchReply;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.reply.ListPageReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.reply.SaslReply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.reply.SyncReply;
import io.zabkeeper.wire.reply.WhoAmIReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies and watch events to bytes and back. Both directions of a record stand next to each other. */
public final class ReplyCodec {
    /** Bytes of a header; a reply with an error is nothing else. */
    public static final int HEADER_SIZE = 2 * Integer.BYTES + Long.BYTES;

    private ReplyCodec() {}

    public static ReplyHeader decodeHeader(ByteBuf in) {
        JuteReader reader = new JuteReader(in);
        return new ReplyHeader(reader.readInt(), reader.readLong(), reader.readInt());
    }

    public static void encodeHeader(ReplyHeader header, ByteBuf out) {
        out.ensureWritable(HEADER_SIZE);
        out.writeInt(header.xid());
        out.writeLong(header.zxid());
        out.writeInt(header.error());
    }

    /** What follows the header of a reply without an error; the operation that was asked for tells the shape. */
    public static Reply decode(OpCode op, ByteBuf body) {
        JuteReader in = new JuteReader(body);
        return switch (op) {
            case CREATE, CREATE_IF_NOT_EXISTS -> readCreate(in);
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> readCreate2(in);
            case EXISTS, SET_DATA, SET_ACL -> readStat(in);
            case GET_DATA, RECONFIG -> readData(in);
            case GET_ACL -> readAcl(in);
            case GET_CHILDREN, GET_CHILDREN2 -> readChildren(op == OpCode.GET_CHILDREN2, in);
            case SYNC -> readSync(in);
            case MULTI, MULTI_READ -> readMulti(in);
            case ADD_WATCH -> new AddWatchReply(in.readInt());
            case GET_EPHEMERALS -> new EphemeralsReply(in.readStrings());
            case GET_ALL_CHILDREN_NUMBER -> new CountReply(in.readInt());
            case WHO_AM_I -> readWhoAmI(in);
            case SASL -> new SaslReply(in.readNullableBuffer());
            case FILTERED_LIST -> readChildren(true, in);
            case DETAILED_LIST -> ExtensionCodec.readDetailedListReply(in);
            case LIST_PAGE -> ExtensionCodec.readListPageReply(in);
            case DELETE,
                    REMOVE_RECURSIVE,
                    CHECK,
                    CHECK_NOT_EXISTS,
                    PING,
                    SET_WATCHES,
                    SET_WATCHES2,
                    CHECK_WATCHES,
                    REMOVE_WATCHES,
                    AUTH,
                    CLOSE_SESSION -> EmptyReply.INSTANCE;
            case NOTIFICATION, DELETE_CONTAINER, CREATE_SESSION, ERROR, UNKNOWN ->
                throw new IllegalArgumentException("no reply is known for " + op);
        };
    }

    /** The header and, when there is no error, the body; without a length in front. */
    public static void encode(ReplyHeader header, @Nullable Reply reply, ByteBuf out) {
        encodeHeader(header, out);
        if (reply != null && header.isOk()) {
            reply.deliverTo(new Body(new JuteWriter(out)));
        }
    }

    public static void encodeError(int xid, long zxid, ErrorCode error, ByteBuf out) {
        encodeHeader(new ReplyHeader(xid, zxid, error.code()), out);
    }

    /** What follows a header with the xid of a notification. */
    public static WatchEvent decodeEvent(ByteBuf body) {
        JuteReader in = new JuteReader(body);
        return new WatchEvent(EventType.of(in.readInt()), KeeperState.of(in.readInt()), in.readString());
    }

    /** The header and the event. */
    public static void encodeEvent(long zxid, WatchEvent event, ByteBuf out) {
        encodeHeader(new ReplyHeader(Xid.NOTIFICATION, zxid, 0), out);
        new JuteWriter(out)
                .writeInt(event.type().code())
                .writeInt(event.state().code())
                .writeString(event.path());
    }

    private static CreateReply readCreate(JuteReader in) {
        return new CreateReply(in.readString());
    }

    private static JuteWriter writeCreate(CreateReply reply, JuteWriter out) {
        return out.writeString(reply.path());
    }

    private static Create2Reply readCreate2(JuteReader in) {
        return new Create2Reply(in.readString(), in.readStat());
    }

    private static JuteWriter writeCreate2(Create2Reply reply, JuteWriter out) {
        return out.writeString(reply.path()).writeStat(reply.stat());
    }

    private static StatReply readStat(JuteReader in) {
        return new StatReply(in.readStat());
    }

    private static JuteWriter writeStat(StatReply reply, JuteWriter out) {
        return out.writeStat(reply.stat());
    }

    private static DataReply readData(JuteReader in) {
        return new DataReply(in.readNullableBuffer(), in.readStat());
    }

    private static JuteWriter writeData(DataReply reply, JuteWriter out) {
        return out.writeBuffer(reply.data()).writeStat(reply.stat());
    }

    private static AclReply readAcl(JuteReader in) {
        return new AclReply(in.readAcl(), in.readStat());
    }

    private static JuteWriter writeAcl(AclReply reply, JuteWriter out) {
        return out.writeAcl(reply.acl()).writeStat(reply.stat());
    }

    private static ChildrenReply readChildren(boolean withStat, JuteReader in) {
        return new ChildrenReply(in.readStringsAsBytes(), withStat ? in.readStat() : null);
    }

    private static JuteWriter writeChildren(ChildrenReply reply, JuteWriter out) {
        out.writeBuffers(reply.names());
        return reply.stat() == null ? out : out.writeStat(reply.stat());
    }

    private static SyncReply readSync(JuteReader in) {
        return new SyncReply(in.readNullableString());
    }

    private static JuteWriter writeSync(SyncReply reply, JuteWriter out) {
        return out.writeString(reply.path());
    }

    private static WhoAmIReply readWhoAmI(JuteReader in) {
        int count = in.readCount(2 * Integer.BYTES);
        List<ClientInfo> identities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            identities.add(new ClientInfo(in.readString(), in.readString()));
        }
        return new WhoAmIReply(identities);
    }

    private static JuteWriter writeWhoAmI(WhoAmIReply reply, JuteWriter out) {
        out.writeInt(reply.identities().size());
        for (ClientInfo identity : reply.identities()) {
            out.writeString(identity.scheme()).writeString(identity.user());
        }
        return out;
    }

    private static MultiReply readMulti(JuteReader in) {
        List<MultiReply.Result> results = new ArrayList<>();
        for (MultiHeader header = MultiHeader.read(in); !header.isEnd(); header = MultiHeader.read(in)) {
            results.add(readResult(header, in));
        }
        return new MultiReply(results);
    }

    private static JuteWriter writeMulti(MultiReply reply, JuteWriter out) {
        Body body = new Body(out);
        for (MultiReply.Result result : reply.results()) {
            if (result instanceof MultiReply.Result.Done done) {
                new MultiHeader(done.op().code(), false, 0).write(out);
                done.reply().deliverTo(body);
            } else if (result instanceof MultiReply.Result.Failed failed) {
                int error = failed.error().code();
                new MultiHeader(MultiHeader.NO_TYPE, false, error).write(out);
                out.writeInt(error);
            }
        }
        MultiHeader.END.write(out);
        return out;
    }

    private static MultiReply.Result readResult(MultiHeader header, JuteReader in) {
        if (header.type() == MultiHeader.NO_TYPE) {
            return new MultiReply.Result.Failed(ErrorCode.of(in.readInt()));
        }
        OpCode op = OpCode.of(header.type());
        Reply reply = switch (op) {
            case CREATE, CREATE_IF_NOT_EXISTS -> readCreate(in);
            case CREATE2 -> readCreate2(in);
            case SET_DATA -> readStat(in);
            case GET_DATA -> readData(in);
            case GET_CHILDREN -> readChildren(false, in);
            case DELETE, CHECK, CHECK_NOT_EXISTS, REMOVE_RECURSIVE -> EmptyReply.INSTANCE;
            default -> throw new MalformedFrameException("a result of type " + header.type());
        };
        return new MultiReply.Result.Done(op, reply);
    }

    /** Writes whichever reply it gets. */
    private record Body(JuteWriter out) implements Reply.Receiver<JuteWriter> {
        @Override
        public JuteWriter onCreate(CreateReply reply) {
            return writeCreate(reply, out);
        }

        @Override
        public JuteWriter onCreate2(Create2Reply reply) {
            return writeCreate2(reply, out);
        }

        @Override
        public JuteWriter onStat(StatReply reply) {
            return writeStat(reply, out);
        }

        @Override
        public JuteWriter onData(DataReply reply) {
            return writeData(reply, out);
        }

        @Override
        public JuteWriter onAcl(AclReply reply) {
            return writeAcl(reply, out);
        }

        @Override
        public JuteWriter onChildren(ChildrenReply reply) {
            return writeChildren(reply, out);
        }

        @Override
        public JuteWriter onSync(SyncReply reply) {
            return writeSync(reply, out);
        }

        @Override
        public JuteWriter onEmpty(EmptyReply reply) {
            return out;
        }

        @Override
        public JuteWriter onAddWatch(AddWatchReply reply) {
            return out.writeInt(reply.error());
        }

        @Override
        public JuteWriter onEphemerals(EphemeralsReply reply) {
            return out.writeStrings(reply.paths());
        }

        @Override
        public JuteWriter onCount(CountReply reply) {
            return out.writeInt(reply.total());
        }

        @Override
        public JuteWriter onWhoAmI(WhoAmIReply reply) {
            return writeWhoAmI(reply, out);
        }

        @Override
        public JuteWriter onSasl(SaslReply reply) {
            return out.writeBuffer(reply.token());
        }

        @Override
        public JuteWriter onDetailedList(DetailedListReply reply) {
            return ExtensionCodec.writeDetailedListReply(reply, out);
        }

        @Override
        public JuteWriter onListPage(ListPageReply reply) {
            return ExtensionCodec.writeListPageReply(reply, out);
        }

        @Override
        public JuteWriter onMulti(MultiReply reply) {
            return writeMulti(reply, out);
        }
    }
}
