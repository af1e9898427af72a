package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.CheckWatches;
import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.GetEphemerals;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.Ping;
import io.zabkeeper.wire.request.Reconfig;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.RemoveWatches;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.RequestHeader;
import io.zabkeeper.wire.request.Sasl;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.SetWatches;
import io.zabkeeper.wire.request.Sync;
import io.zabkeeper.wire.request.Unknown;
import io.zabkeeper.wire.request.WhoAmI;

/**
 * Requests to bytes and back. Both directions of a record stand next to each other.
 *
 * <p>Bytes behind a record are ignored: newer clients may send more than we know.
 */
public final class RequestCodec {
    private RequestCodec() {}

    public static RequestHeader decodeHeader(ByteBuf in) {
        JuteReader reader = new JuteReader(in);
        return new RequestHeader(reader.readInt(), reader.readInt());
    }

    public static void encodeHeader(RequestHeader header, ByteBuf out) {
        out.writeInt(header.xid());
        out.writeInt(header.code());
    }

    /** What follows the header, without extensions. */
    public static Request decode(int code, ByteBuf body) {
        return decode(code, body, Extensions.NONE);
    }

    /**
     * What follows the header. An operation that we do not carry out is {@link Unknown}, whatever its body.
     *
     * @param extensions those that may be used; the others are unknown as well
     * @throws MalformedFrameException for a body that is not the operation's
     */
    public static Request decode(int code, ByteBuf body, Extensions extensions) {
        JuteReader in = new JuteReader(body);
        OpCode op = OpCode.of(code);
        if (!extensions.allow(op)) {
            return new Unknown(code);
        }
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, CREATE_IF_NOT_EXISTS -> readCreate(op, in);
            case DELETE -> readDelete(in);
            case EXISTS -> readExists(in);
            case GET_DATA -> readGetData(in);
            case SET_DATA -> readSetData(readPath(in), in);
            case GET_ACL -> readGetAcl(in);
            case SET_ACL -> readSetAcl(in);
            case GET_CHILDREN, GET_CHILDREN2 -> readGetChildren(op, in);
            case SYNC -> readSync(in);
            case PING -> Ping.INSTANCE;
            case CHECK -> readCheck(in);
            case MULTI -> MultiCodec.read(in, extensions);
            case SET_WATCHES, SET_WATCHES2 -> WatchCodec.readSetWatches(op, in);
            case MULTI_READ -> MultiCodec.readReads(in);
            case RECONFIG -> readReconfig(in);
            case ADD_WATCH -> WatchCodec.readAddWatch(in);
            case CHECK_WATCHES -> new CheckWatches(in.readString(), WatchCodec.readWatcherType(in));
            case REMOVE_WATCHES -> new RemoveWatches(in.readString(), WatchCodec.readWatcherType(in));
            case GET_EPHEMERALS -> new GetEphemerals(in.readNullableString());
            case GET_ALL_CHILDREN_NUMBER -> new GetAllChildrenNumber(in.readString());
            case WHO_AM_I -> WhoAmI.INSTANCE;
            case AUTH -> readAuth(in);
            case SASL -> new Sasl(in.readNullableBuffer());
            case CLOSE_SESSION -> CloseSession.INSTANCE;
            case FILTERED_LIST -> ExtensionCodec.readFilteredList(in);
            case DETAILED_LIST -> ExtensionCodec.readDetailedList(in);
            case LIST_PAGE -> ExtensionCodec.readListPage(in);
            case CHECK_NOT_EXISTS -> ExtensionCodec.readCheckNotExists(in);
            case REMOVE_RECURSIVE -> ExtensionCodec.readRemoveRecursive(in);
            case NOTIFICATION, DELETE_CONTAINER, CREATE_SESSION, ERROR, UNKNOWN -> new Unknown(code);
        };
    }

    /** The header and the body, without a length in front. */
    public static void encode(RequestHeader header, Request request, ByteBuf out) {
        encodeHeader(header, out);
        encodeBody(request, out);
    }

    /** What {@link #decode} reads. */
    public static void encodeBody(Request request, ByteBuf out) {
        request.deliverTo(new Body(new JuteWriter(out)));
    }

    static Create readCreate(OpCode op, JuteReader in) {
        return new Create(
                op,
                in.readString(),
                in.readNullableBuffer(),
                in.readNullableAcl(),
                in.readInt(),
                op == OpCode.CREATE_TTL ? in.readLong() : Create.NO_TTL);
    }

    private static JuteWriter writeCreate(Create create, JuteWriter out) {
        out.writeString(create.path())
                .writeBuffer(create.data())
                .writeAcl(create.acl())
                .writeInt(create.flags());
        return create.op() == OpCode.CREATE_TTL ? out.writeLong(create.ttl()) : out;
    }

    static Delete readDelete(JuteReader in) {
        return new Delete(in.readString(), in.readInt());
    }

    private static JuteWriter writeDelete(Delete delete, JuteWriter out) {
        return out.writeString(delete.path()).writeInt(delete.version());
    }

    private static Exists readExists(JuteReader in) {
        return new Exists(in.readString(), in.readBoolean());
    }

    private static JuteWriter writeExists(Exists exists, JuteWriter out) {
        return out.writeString(exists.path()).writeBoolean(exists.watch());
    }

    static GetData readGetData(JuteReader in) {
        return new GetData(in.readString(), in.readBoolean());
    }

    private static JuteWriter writeGetData(GetData getData, JuteWriter out) {
        return out.writeString(getData.path()).writeBoolean(getData.watch());
    }

    /** Null is a bad path like any other where ZooKeeper checks the path itself: empty, and refused as such. */
    private static String readPath(JuteReader in) {
        String path = in.readNullableString();
        return path == null ? "" : path;
    }

    static SetData readSetData(String path, JuteReader in) {
        return new SetData(path, in.readNullableBuffer(), in.readInt());
    }

    private static JuteWriter writeSetData(SetData setData, JuteWriter out) {
        return out.writeString(setData.path()).writeBuffer(setData.data()).writeInt(setData.version());
    }

    private static GetAcl readGetAcl(JuteReader in) {
        return new GetAcl(in.readString());
    }

    private static JuteWriter writeGetAcl(GetAcl getAcl, JuteWriter out) {
        return out.writeString(getAcl.path());
    }

    private static SetAcl readSetAcl(JuteReader in) {
        return new SetAcl(readPath(in), in.readNullableAcl(), in.readInt());
    }

    private static JuteWriter writeSetAcl(SetAcl setAcl, JuteWriter out) {
        return out.writeString(setAcl.path()).writeAcl(setAcl.acl()).writeInt(setAcl.version());
    }

    static GetChildren readGetChildren(OpCode op, JuteReader in) {
        return new GetChildren(in.readString(), in.readBoolean(), op == OpCode.GET_CHILDREN2);
    }

    private static JuteWriter writeGetChildren(GetChildren getChildren, JuteWriter out) {
        return out.writeString(getChildren.path()).writeBoolean(getChildren.watch());
    }

    private static Sync readSync(JuteReader in) {
        return new Sync(in.readNullableString());
    }

    private static JuteWriter writeSync(Sync sync, JuteWriter out) {
        return out.writeString(sync.path());
    }

    static Check readCheck(JuteReader in) {
        return new Check(in.readString(), in.readInt());
    }

    private static JuteWriter writeCheck(Check check, JuteWriter out) {
        return out.writeString(check.path()).writeInt(check.version());
    }

    private static Reconfig readReconfig(JuteReader in) {
        return new Reconfig(in.readNullableString(), in.readNullableString(), in.readNullableString(), in.readLong());
    }

    private static JuteWriter writeReconfig(Reconfig reconfig, JuteWriter out) {
        return out.writeString(reconfig.joiningServers())
                .writeString(reconfig.leavingServers())
                .writeString(reconfig.newMembers())
                .writeLong(reconfig.curConfigId());
    }

    private static Auth readAuth(JuteReader in) {
        return new Auth(in.readInt(), in.readNullableString(), in.readNullableBuffer());
    }

    private static JuteWriter writeAuth(Auth auth, JuteWriter out) {
        return out.writeInt(auth.type()).writeString(auth.scheme()).writeBuffer(auth.auth());
    }

    /** Writes the body of whichever request it gets. */
    record Body(JuteWriter out) implements Request.Receiver<JuteWriter> {
        @Override
        public JuteWriter onCreate(Create create) {
            return writeCreate(create, out);
        }

        @Override
        public JuteWriter onDelete(Delete delete) {
            return writeDelete(delete, out);
        }

        @Override
        public JuteWriter onExists(Exists exists) {
            return writeExists(exists, out);
        }

        @Override
        public JuteWriter onGetData(GetData getData) {
            return writeGetData(getData, out);
        }

        @Override
        public JuteWriter onSetData(SetData setData) {
            return writeSetData(setData, out);
        }

        @Override
        public JuteWriter onGetAcl(GetAcl getAcl) {
            return writeGetAcl(getAcl, out);
        }

        @Override
        public JuteWriter onSetAcl(SetAcl setAcl) {
            return writeSetAcl(setAcl, out);
        }

        @Override
        public JuteWriter onGetChildren(GetChildren getChildren) {
            return writeGetChildren(getChildren, out);
        }

        @Override
        public JuteWriter onSync(Sync sync) {
            return writeSync(sync, out);
        }

        @Override
        public JuteWriter onPing(Ping ping) {
            return out;
        }

        @Override
        public JuteWriter onCheck(Check check) {
            return writeCheck(check, out);
        }

        @Override
        public JuteWriter onMulti(Multi multi) {
            return MultiCodec.write(multi, out);
        }

        @Override
        public JuteWriter onSetWatches(SetWatches setWatches) {
            return WatchCodec.writeSetWatches(setWatches, out);
        }

        @Override
        public JuteWriter onMultiRead(MultiRead multiRead) {
            return MultiCodec.writeReads(multiRead, out);
        }

        @Override
        public JuteWriter onReconfig(Reconfig reconfig) {
            return writeReconfig(reconfig, out);
        }

        @Override
        public JuteWriter onAddWatch(AddWatch addWatch) {
            return WatchCodec.writeAddWatch(addWatch, out);
        }

        @Override
        public JuteWriter onCheckWatches(CheckWatches checkWatches) {
            return out.writeString(checkWatches.path())
                    .writeInt(checkWatches.type().code());
        }

        @Override
        public JuteWriter onRemoveWatches(RemoveWatches removeWatches) {
            return out.writeString(removeWatches.path())
                    .writeInt(removeWatches.type().code());
        }

        @Override
        public JuteWriter onGetEphemerals(GetEphemerals getEphemerals) {
            return out.writeString(getEphemerals.prefix());
        }

        @Override
        public JuteWriter onGetAllChildrenNumber(GetAllChildrenNumber getAllChildrenNumber) {
            return out.writeString(getAllChildrenNumber.path());
        }

        @Override
        public JuteWriter onWhoAmI(WhoAmI whoAmI) {
            return out;
        }

        @Override
        public JuteWriter onSasl(Sasl sasl) {
            return out.writeBuffer(sasl.token());
        }

        @Override
        public JuteWriter onAuth(Auth auth) {
            return writeAuth(auth, out);
        }

        @Override
        public JuteWriter onCloseSession(CloseSession closeSession) {
            return out;
        }

        @Override
        public JuteWriter onFilteredList(FilteredList filteredList) {
            return ExtensionCodec.writeFilteredList(filteredList, out);
        }

        @Override
        public JuteWriter onDetailedList(DetailedList detailedList) {
            return ExtensionCodec.writeDetailedList(detailedList, out);
        }

        @Override
        public JuteWriter onListPage(ListPage listPage) {
            return ExtensionCodec.writeListPage(listPage, out);
        }

        @Override
        public JuteWriter onCheckNotExists(CheckNotExists checkNotExists) {
            return ExtensionCodec.writeCheckNotExists(checkNotExists, out);
        }

        @Override
        public JuteWriter onRemoveRecursive(RemoveRecursive removeRecursive) {
            return ExtensionCodec.writeRemoveRecursive(removeRecursive, out);
        }

        @Override
        public JuteWriter onUnknown(Unknown unknown) {
            return out;
        }
    }
}
