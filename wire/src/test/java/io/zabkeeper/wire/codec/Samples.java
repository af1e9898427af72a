package io.zabkeeper.wire.codec;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.WatcherType;
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
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.SaslReply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.reply.SyncReply;
import io.zabkeeper.wire.reply.WhoAmIReply;
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
import io.zabkeeper.wire.request.Sasl;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.SetWatches;
import io.zabkeeper.wire.request.Sync;
import io.zabkeeper.wire.request.Unknown;
import io.zabkeeper.wire.request.WhoAmI;
import java.util.List;

/** At least one of everything that can be sent, with the odd values that the protocol allows. */
final class Samples {
    static final Stat STAT = new Stat(
            0x100000001L, 0x100000002L, 1_700_000_000_000L, 1_700_000_000_001L, 3, -4, 5, Long.MIN_VALUE, 7, 8, -1);

    static final Bytes DATA = Bytes.of(new byte[] {0, -1, 127, -128});

    private static final List<Acl> ACL =
            List.of(new Acl(Permission.ALL, AuthId.ANYONE), new Acl(Permission.READ, new AuthId("digest", "ä:x=")));

    static final List<Request> REQUESTS = List.of(
            new Create(OpCode.CREATE, "/a", Bytes.ofUtf8("hi"), Acl.OPEN_UNSAFE, 0),
            new Create(OpCode.CREATE, "/a/", null, null, 2),
            new Create(OpCode.CREATE2, "/日本", Bytes.EMPTY, List.of(), -7),
            new Create(OpCode.CREATE_CONTAINER, "/c", DATA, ACL, 4),
            new Create(OpCode.CREATE_TTL, "/t", DATA, ACL, 5, 60_000),
            new Delete("/a", -1),
            new Exists("/a", true),
            new Exists("", false),
            new GetData("/ä", true),
            new SetData("/a", DATA, 7),
            new SetData("/a", null, -1),
            new SetData("/a", Bytes.EMPTY, Integer.MIN_VALUE),
            new GetAcl("/a"),
            new SetAcl("/a", ACL, 1),
            new SetAcl("/a", null, -1),
            new GetChildren("/", true, false),
            new GetChildren("/", false, true),
            new Sync("/"),
            Ping.INSTANCE,
            new Check("/a", 5),
            new Multi(List.of()),
            new Multi(List.of(
                    new Create(OpCode.CREATE, "/a", DATA, ACL, 4),
                    new Create(OpCode.CREATE2, "/b", null, ACL, 1),
                    new Create(OpCode.CREATE_CONTAINER, "/c", null, ACL, 4),
                    new Create(OpCode.CREATE_TTL, "/t", null, ACL, 6, 5),
                    new Delete("/d", 2),
                    new SetData("/s", DATA, 3),
                    new Check("/x", 4))),
            new SetWatches(
                    OpCode.SET_WATCHES, 17, List.of("/d"), List.of(), List.of("/c1", "/c2"), List.of(), List.of()),
            new SetWatches(
                    OpCode.SET_WATCHES2,
                    Long.MAX_VALUE,
                    List.of("/d"),
                    List.of("/e"),
                    List.of("/c"),
                    List.of("/p"),
                    List.of("/r")),
            new Sync(null),
            new MultiRead(List.of()),
            new MultiRead(
                    List.of(new GetData("/a", true), new GetChildren("/ä", false, false), new GetData("", false))),
            new Reconfig("server.4=h:1:2;3", null, "", -1),
            new Reconfig(null, "3", "server.1=h:1:2;3\n", 0x100000000L),
            new AddWatch("/a", AddWatchMode.PERSISTENT),
            new AddWatch("", AddWatchMode.PERSISTENT_RECURSIVE),
            new CheckWatches("/a", WatcherType.CHILDREN),
            new RemoveWatches("/a", WatcherType.PERSISTENT_RECURSIVE),
            new GetEphemerals("/a"),
            new GetEphemerals(null),
            new GetAllChildrenNumber("/"),
            WhoAmI.INSTANCE,
            new Sasl(DATA),
            new Sasl(null),
            new Auth(0, "digest", Bytes.ofUtf8("alice:secret")),
            new Auth(0, null, null),
            CloseSession.INSTANCE,
            new FilteredList("/a", true, ChildFilter.EPHEMERAL),
            new DetailedList("/ä", false, ChildFilter.PERSISTENT, true, false),
            new DetailedList("/", true, ChildFilter.ALL, false, true),
            new ListPage("/a", 100, null),
            new ListPage("/a", Integer.MIN_VALUE, DATA),
            new CheckNotExists("/a", -1),
            new RemoveRecursive("/a", 1000),
            new Create(OpCode.CREATE_IF_NOT_EXISTS, "/a", DATA, ACL, 1),
            new Multi(List.of(
                    new CheckNotExists("/a", 3),
                    new Create(OpCode.CREATE_IF_NOT_EXISTS, "/b", DATA, ACL, 0),
                    new RemoveRecursive("/c", -1))),
            new Unknown(999),
            new Unknown(-1),
            new Unknown(OpCode.DELETE_CONTAINER.code()));

    static final List<ReplySample> REPLIES = List.of(
            new ReplySample(OpCode.CREATE, new CreateReply("/a0000000001")),
            new ReplySample(OpCode.CREATE2, new Create2Reply("/a", STAT)),
            new ReplySample(OpCode.CREATE_CONTAINER, new Create2Reply("/ä", STAT)),
            new ReplySample(OpCode.CREATE_TTL, new Create2Reply("/a", STAT)),
            new ReplySample(OpCode.EXISTS, new StatReply(STAT)),
            new ReplySample(OpCode.SET_DATA, new StatReply(STAT)),
            new ReplySample(OpCode.SET_ACL, new StatReply(STAT)),
            new ReplySample(OpCode.GET_DATA, new DataReply(DATA, STAT)),
            new ReplySample(OpCode.GET_DATA, new DataReply(null, STAT)),
            new ReplySample(OpCode.GET_DATA, new DataReply(Bytes.EMPTY, STAT)),
            new ReplySample(OpCode.GET_ACL, new AclReply(ACL, STAT)),
            new ReplySample(
                    OpCode.GET_CHILDREN, new ChildrenReply(List.of(Bytes.ofUtf8("ä"), Bytes.ofUtf8("b")), null)),
            new ReplySample(OpCode.GET_CHILDREN2, new ChildrenReply(List.of(), STAT)),
            new ReplySample(OpCode.SYNC, new SyncReply("/nowhere")),
            new ReplySample(OpCode.SYNC, new SyncReply(null)),
            new ReplySample(OpCode.DELETE, EmptyReply.INSTANCE),
            new ReplySample(OpCode.REMOVE_WATCHES, EmptyReply.INSTANCE),
            new ReplySample(OpCode.ADD_WATCH, AddWatchReply.DONE),
            new ReplySample(OpCode.GET_EPHEMERALS, new EphemeralsReply(List.of("/a", "/ä"))),
            new ReplySample(OpCode.GET_ALL_CHILDREN_NUMBER, new CountReply(7)),
            new ReplySample(
                    OpCode.WHO_AM_I,
                    new WhoAmIReply(List.of(new ClientInfo("ip", "::1"), new ClientInfo("super", "")))),
            new ReplySample(OpCode.SASL, new SaslReply(null)),
            new ReplySample(OpCode.SASL, new SaslReply(DATA)),
            new ReplySample(OpCode.CREATE_IF_NOT_EXISTS, new CreateReply("/a")),
            new ReplySample(OpCode.REMOVE_RECURSIVE, EmptyReply.INSTANCE),
            new ReplySample(OpCode.FILTERED_LIST, new ChildrenReply(List.of(DATA), STAT)),
            new ReplySample(
                    OpCode.DETAILED_LIST,
                    new DetailedListReply(
                            List.of(Bytes.ofUtf8("ä"), DATA), STAT, List.of(STAT, STAT), List.of(DATA, Bytes.EMPTY))),
            new ReplySample(OpCode.DETAILED_LIST, new DetailedListReply(List.of(DATA), STAT, List.of(), List.of())),
            new ReplySample(OpCode.LIST_PAGE, new ListPageReply(List.of(DATA), STAT, DATA)),
            new ReplySample(OpCode.LIST_PAGE, new ListPageReply(List.of(), STAT, null)),
            new ReplySample(
                    OpCode.MULTI,
                    new MultiReply(List.of(
                            new Result.Done(OpCode.CHECK_NOT_EXISTS, EmptyReply.INSTANCE),
                            new Result.Done(OpCode.CREATE_IF_NOT_EXISTS, new CreateReply("/b")),
                            new Result.Done(OpCode.REMOVE_RECURSIVE, EmptyReply.INSTANCE)))),
            new ReplySample(OpCode.RECONFIG, new DataReply(DATA, STAT)),
            new ReplySample(
                    OpCode.MULTI_READ,
                    new MultiReply(List.of(
                            new Result.Done(OpCode.GET_DATA, new DataReply(null, STAT)),
                            new Result.Failed(ErrorCode.NOAUTH),
                            new Result.Done(
                                    OpCode.GET_CHILDREN, new ChildrenReply(List.of(Bytes.ofUtf8("ä")), null))))),
            new ReplySample(OpCode.MULTI, new MultiReply(List.of())),
            new ReplySample(
                    OpCode.MULTI,
                    new MultiReply(List.of(
                            new Result.Done(OpCode.CREATE, new CreateReply("/a")),
                            new Result.Done(OpCode.CREATE2, new Create2Reply("/b", STAT)),
                            new Result.Done(OpCode.DELETE, EmptyReply.INSTANCE),
                            new Result.Done(OpCode.SET_DATA, new StatReply(STAT)),
                            new Result.Done(OpCode.CHECK, EmptyReply.INSTANCE)))),
            new ReplySample(
                    OpCode.MULTI,
                    new MultiReply(List.of(
                            new Result.Failed(ErrorCode.OK),
                            new Result.Failed(ErrorCode.NONODE),
                            new Result.Failed(ErrorCode.RUNTIME_INCONSISTENCY)))));

    private Samples() {}

    /** A reply with the operation that it answers. */
    record ReplySample(OpCode op, Reply reply) {}
}
