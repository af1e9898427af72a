package io.zabkeeper.server.request;

import io.zabkeeper.server.auth.AuthSchemes;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.server.watch.WatchKind;
import io.zabkeeper.server.watch.WatchReplay;
import io.zabkeeper.server.watch.WatchTable;
import io.zabkeeper.server.watch.WatchedTree;
import io.zabkeeper.server.watch.Watcher;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.AddWatchReply;
import io.zabkeeper.wire.reply.EmptyReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.WhoAmIReply;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.CheckWatches;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.GetEphemerals;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.ReadReceiver;
import io.zabkeeper.wire.request.RemoveWatches;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetWatches;
import io.zabkeeper.wire.request.WhoAmI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read of one session at the moment when its turn has come: the tree's answer, and the watch that was asked for.
 * Result and watch are one point in the history.
 *
 * <p>Also what is about the connection itself: its watches, its ephemerals, its identities.
 */
record ReadLane(Replica replica, ClientSession session) implements ReadReceiver<ReadResult> {
    private static final ReadResult NO_WATCHER = new ReadResult(ErrorCode.NO_WATCHER, null);
    private static final ReadResult DONE = done(EmptyReply.INSTANCE);
    private static final ReadResult WATCH_ADDED = done(AddWatchReply.DONE);

    @Override
    public ReadResult onExists(Exists exists) {
        ReadResult result = fromTree(exists);
        if (exists.watch() && (result.error() == ErrorCode.OK || result.error() == ErrorCode.NONODE)) {
            watches().add(session, WatchKind.DATA, exists.path());
        }
        return result;
    }

    @Override
    public ReadResult onGetData(GetData getData) {
        ReadResult result = fromTree(getData);
        if (getData.watch() && result.error() == ErrorCode.OK) {
            watches().add(session, WatchKind.DATA, getData.path());
        }
        return result;
    }

    @Override
    public ReadResult onGetChildren(GetChildren getChildren) {
        return list(getChildren, getChildren.path(), getChildren.watch());
    }

    @Override
    public ReadResult onGetAcl(GetAcl getAcl) {
        return fromTree(getAcl);
    }

    /** The watch flags inside count for nothing (client protocol §2.4). */
    @Override
    public ReadResult onMultiRead(MultiRead multiRead) {
        return fromTree(multiRead);
    }

    @Override
    public ReadResult onGetAllChildrenNumber(GetAllChildrenNumber getAllChildrenNumber) {
        return fromTree(getAllChildrenNumber);
    }

    @Override
    public ReadResult onFilteredList(FilteredList filteredList) {
        return list(filteredList, filteredList.path(), filteredList.watch());
    }

    @Override
    public ReadResult onDetailedList(DetailedList detailedList) {
        return list(detailedList, detailedList.path(), detailedList.watch());
    }

    @Override
    public ReadResult onListPage(ListPage listPage) {
        return fromTree(listPage);
    }

    @Override
    public ReadResult onSetWatches(SetWatches setWatches) {
        WatchReplay.replay(setWatches, this::look, watches(), session);
        return DONE;
    }

    /** Nothing is checked: who may not read hears nothing (§3.3, §5.2). */
    @Override
    public ReadResult onAddWatch(AddWatch addWatch) {
        watches().add(session, WatchKind.of(addWatch.mode()), addWatch.path());
        return WATCH_ADDED;
    }

    @Override
    public ReadResult onCheckWatches(CheckWatches checkWatches) {
        return watches().contains(session, checkWatches.type(), checkWatches.path()) ? DONE : NO_WATCHER;
    }

    @Override
    public ReadResult onRemoveWatches(RemoveWatches removeWatches) {
        return watches().remove(session, removeWatches.type(), removeWatches.path()) ? DONE : NO_WATCHER;
    }

    /** A prefix of the text, not of segments (§2.5). */
    @Override
    public ReadResult onGetEphemerals(GetEphemerals getEphemerals) {
        String prefix = getEphemerals.prefix();
        List<String> paths = replica.machine().ephemerals(session.id());
        String trimmed = prefix == null ? "" : prefix.trim();
        if (prefix != null && !trimmed.isEmpty() && !trimmed.equals("/")) {
            paths.removeIf(path -> !path.startsWith(prefix));
        }
        return done(new EphemeralsReply(paths));
    }

    @Override
    public ReadResult onWhoAmI(WhoAmI whoAmI) {
        List<ClientInfo> identities = new ArrayList<>();
        for (AuthId id : session.identity()) {
            identities.add(new ClientInfo(id.scheme(), AuthSchemes.userOf(id)));
        }
        return done(new WhoAmIReply(identities));
    }

    @Override
    public ReadResult onOther(Request request) {
        return new ReadResult(ErrorCode.UNIMPLEMENTED, null);
    }

    private ReadResult list(Request request, String path, boolean watch) {
        ReadResult result = fromTree(request);
        if (watch && result.error() == ErrorCode.OK) {
            watches().add(session, WatchKind.CHILD, path);
        }
        return result;
    }

    private ReadResult fromTree(Request request) {
        return replica.machine().read(request, session.identity());
    }

    private WatchTable<Watcher> watches() {
        return replica.watches();
    }

    private WatchedTree.@Nullable Seen look(String path) {
        Stat stat = replica.machine().stat(path);
        List<Acl> acl = replica.machine().acl(path);
        return stat == null || acl == null ? null : new WatchedTree.Seen(stat.mzxid(), stat.pzxid(), acl);
    }

    private static ReadResult done(Reply reply) {
        return new ReadResult(ErrorCode.OK, reply);
    }
}
