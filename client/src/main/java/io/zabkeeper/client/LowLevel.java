package io.zabkeeper.client;

import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.EphemeralsReply;
import io.zabkeeper.wire.reply.ListPageReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.WhoAmIReply;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.GetEphemerals;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.WhoAmI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Operations that few need, in the form that returns a future. They keep the order and the failures of the others.
 *
 * <p>Some are no part of ZooKeeper's protocol. Where the server has not granted one, it fails with
 * {@link ErrorCode#UNIMPLEMENTED} before anything is sent; {@link ZabClientBuilder#offerExtensions} asks for them.
 */
public final class LowLevel {
    private final SessionLoop session;
    private final Calls calls;

    LowLevel(SessionLoop session, Calls calls) {
        this.session = session;
        this.calls = calls;
    }

    /** The operations beyond ZooKeeper's that the server of the present connection has granted. */
    public List<OpCode> extensions() {
        return session.extensions().operations();
    }

    /** Makes several reads of one state; each has an outcome of its own. */
    public CompletableFuture<List<Read.Found>> readTogether(List<Read> reads) {
        List<Request> operations = new ArrayList<>();
        for (Read read : reads) {
            RefusedException problem = Requests.problem(read.path());
            if (problem != null) {
                return CompletableFuture.failedFuture(problem);
            }
            String path = calls.chroot().toServer(read.path());
            operations.add(
                    read instanceof Read.OfData ? new GetData(path, false) : new GetChildren(path, false, false));
        }
        return calls.submit(null, new MultiRead(operations), reply -> {
            List<Read.Found> found = new ArrayList<>();
            for (MultiReply.Result result : ((MultiReply) reply).results()) {
                found.add(found(result));
            }
            return found;
        });
    }

    private static Read.Found found(MultiReply.Result result) {
        if (result instanceof MultiReply.Result.Failed failed) {
            return new Read.Found.Nothing(failed.error());
        }
        Reply reply = ((MultiReply.Result.Done) result).reply();
        return reply instanceof DataReply data
                ? new Read.Found.Data(new Znode(data.data(), data.stat()))
                : new Read.Found.Names(Calls.names(((ChildrenReply) reply).names()));
    }

    /**
     * Watches until the watch is closed; there need be no such znode. Only what the client may read at that moment is
     * told.
     *
     * @param mode with {@link AddWatchMode#PERSISTENT_RECURSIVE} all znodes below count too, but no list of children
     */
    public CompletableFuture<PersistentWatch> addWatch(String path, AddWatchMode mode, WatchListener listener) {
        PersistentWatch watch =
                new PersistentWatch(session, calls.chroot(), calls.chroot().toServer(path), mode, listener);
        return calls.watch(path, watch, reply -> watch);
    }

    /** Returns the paths of the session's ephemeral znodes, in no order. */
    public CompletableFuture<List<String>> ephemerals() {
        String prefix = calls.chroot().toServerPrefix("/");
        return calls.submit(null, new GetEphemerals(prefix), reply -> {
            List<String> paths = new ArrayList<>();
            for (String path : ((EphemeralsReply) reply).paths()) {
                paths.add(calls.chroot().toClient(path));
            }
            return paths;
        });
    }

    /** Returns how many znodes there are below this one, whether or not the client may read them. */
    public CompletableFuture<Integer> countBelow(String path) {
        return calls.call(path, GetAllChildrenNumber::new, null, reply -> ((CountReply) reply).total());
    }

    /** Returns who the client is to the server, the address included. */
    public CompletableFuture<List<ClientInfo>> whoAmI() {
        return calls.submit(null, WhoAmI.INSTANCE, reply -> ((WhoAmIReply) reply).identities());
    }

    /** Returns some children of a znode. An extension. */
    public CompletableFuture<Children> children(String path, ChildFilter filter) {
        return calls.call(path, server -> new FilteredList(server, false, filter), null, reply -> {
            ChildrenReply list = (ChildrenReply) reply;
            Stat stat = list.stat();
            if (stat == null) {
                throw new IllegalStateException("no stat in " + list);
            }
            return new Children(Calls.names(list.names()), stat);
        });
    }

    /**
     * Returns some children of a znode with what they are. Fails with {@link ErrorCode#NOAUTH} if one of them may not be
     * read, and with {@link ErrorCode#BAD_ARGUMENTS} if it would be too much for one reply. An extension.
     */
    public CompletableFuture<List<ChildDetail>> childrenInDetail(
            String path, ChildFilter filter, boolean withStats, boolean withData) {
        return calls.call(
                path,
                server -> new DetailedList(server, false, filter, withStats, withData),
                null,
                reply -> details((DetailedListReply) reply));
    }

    private static List<ChildDetail> details(DetailedListReply list) {
        List<ChildDetail> details = new ArrayList<>();
        for (int i = 0; i < list.names().size(); i++) {
            details.add(new ChildDetail(
                    list.names().get(i).utf8(),
                    list.stats().isEmpty() ? null : list.stats().get(i),
                    list.data().isEmpty() ? null : list.data().get(i)));
        }
        return details;
    }

    /**
     * Returns children of a znode page by page. A child that is there all the time is on exactly one page, one that comes
     * or goes meanwhile on one at most. Fails with {@link ErrorCode#BAD_ARGUMENTS} when another server is asked to go on
     * than has begun: then the list begins anew. An extension.
     *
     * @param limit names that are wanted; there may be fewer
     * @param next what the page before had; null for the first one
     */
    public CompletableFuture<Page> page(String path, int limit, @Nullable Bytes next) {
        return calls.call(path, server -> new ListPage(server, limit, next), null, reply -> {
            ListPageReply page = (ListPageReply) reply;
            return new Page(Calls.names(page.names()), page.stat(), page.token());
        });
    }

    /**
     * Creates a znode, or leaves the one that is there as it is. An extension.
     *
     * @return its path
     */
    public CompletableFuture<String> createIfNotExists(String path, @Nullable Bytes data, CreateOptions options) {
        RefusedException problem = Requests.problem(path, options);
        return problem == null
                ? calls.submit(
                        path, Requests.createIfNotExists(calls.chroot(), path, data, options), calls::createdPath)
                : CompletableFuture.failedFuture(problem);
    }

    /**
     * Removes a znode with everything below it, or nothing. Fails with {@link ErrorCode#NOTEMPTY} if that is more than the
     * limit, or than the server removes at once. An extension.
     */
    public CompletableFuture<Void> removeRecursive(String path, int limit) {
        return calls.call(path, server -> new RemoveRecursive(server, limit), null, reply -> null);
    }
}
