package io.zabkeeper.client;

import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.client.internal.SessionObserver;
import io.zabkeeper.client.internal.SessionSettings;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.AclReply;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A session with an ensemble.
 *
 * <p>Every operation comes in two forms: one that returns a future, and one that waits for it. Requests of one client
 * are carried out in the order in which they were made. Each gets an outcome, at the latest when the operation timeout
 * is over: a result, or one of the three kinds of {@link ZabException}. While there is no connection requests wait; one
 * that was sent over a connection that broke is not sent again, unless the builder was given a {@link RetryPolicy}.
 *
 * <p>Safe for use by many threads. Futures complete, and listeners are called, on the client's callback thread: in the
 * order in which things happened, an event in front of the results that could show its change. Unless the builder was
 * given an executor that thread is the client's loop, where blocking methods throw {@link IllegalStateException}. With
 * an executor callbacks may block; a blocking method does not wait for callbacks then.
 *
 * <pre>{@code
 * try (ZabClient client = ZabClient.connect("one:2181,two:2181,three:2181/app")) {
 *     client.create("/greeting", Bytes.ofUtf8("hello"));
 *     WatchHandle watch = WatchHandle.create();
 *     Znode greeting = client.getData("/greeting", watch);
 *     watch.fired().thenAccept(change -> log(change));
 * }
 * }</pre>
 */
public final class ZabClient implements AutoCloseable {
    /** Matches every version. */
    public static final int ANY_VERSION = -1;

    /** How long a close without a connection waits for one. */
    private static final int UNCONNECTED_CLOSE_MS = 1000;

    private final SessionLoop session;
    private final Chroot chroot;
    private final Calls calls;
    private final @Nullable ClientLoop ownLoop;
    private final int operationTimeoutMs;
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();

    private volatile ConnectionState state = ConnectionState.SUSPENDED;
    private volatile SessionTicket ticket;
    private volatile Duration sessionTimeout;

    private ZabClient(
            SessionSettings settings,
            Chroot chroot,
            RetryPolicy retry,
            ClientLoop loop,
            @Nullable ClientLoop ownLoop,
            List<ConnectionListener> listeners) {
        this.chroot = chroot;
        this.ownLoop = ownLoop;
        this.operationTimeoutMs = settings.operationTimeoutMs();
        this.ticket = new SessionTicket(settings.sessionId(), settings.password());
        this.sessionTimeout = Duration.ofMillis(settings.sessionTimeoutMs());
        this.listeners.addAll(listeners);
        this.session = new SessionLoop(settings, loop.group(), new Standing());
        this.calls = new Calls(session, chroot, retry, operationTimeoutMs);
    }

    static ZabClient start(
            SessionSettings settings,
            Chroot chroot,
            RetryPolicy retry,
            ClientLoop loop,
            @Nullable ClientLoop ownLoop,
            List<ConnectionListener> listeners) {
        ZabClient client = new ZabClient(settings, chroot, retry, loop, ownLoop, listeners);
        client.session.start();
        return client;
    }

    /**
     * Connects with everything as it is by default.
     *
     * @param connectString see {@link ZabClientBuilder#hosts}
     * @throws SessionLostException if there is no session in time
     */
    public static ZabClient connect(String connectString) {
        return builder().hosts(connectString).connect();
    }

    public static ZabClientBuilder builder() {
        return new ZabClientBuilder();
    }

    /** Where the client stands now; it may be elsewhere when the caller looks at the answer. */
    public ConnectionState state() {
        return state;
    }

    /**
     * The session's id, 0 before there is one. While the client is {@link ConnectionState#READ_ONLY} it is one that only its
     * server knows, and behind that the client has another one.
     */
    public long sessionId() {
        return ticket.sessionId();
    }

    /** What another client needs to take this session over, unless that is {@link ConnectionState#READ_ONLY}. */
    public SessionTicket ticket() {
        return ticket;
    }

    /** As the server decided; before there is a session, as asked for. */
    public Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** After which every request gets an outcome, as the builder was told. */
    public Duration operationTimeout() {
        return Duration.ofMillis(operationTimeoutMs);
    }

    /**
     * Whether this thread is completing futures or calling listeners of this client now: whoever waits here for another
     * future of the same client waits for ever.
     */
    public boolean isCallbackThread() {
        return session.isCallbackThread();
    }

    public void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    public void removeListener(ConnectionListener listener) {
        listeners.remove(listener);
    }

    /** Creates a persistent znode that is open to everybody, and returns its path. */
    public String create(String path, @Nullable Bytes data) {
        return calls.await(createAsync(path, data));
    }

    /** As {@link #create(String, Bytes)}, without waiting. */
    public CompletableFuture<String> createAsync(String path, @Nullable Bytes data) {
        return createAsync(path, data, CreateOptions.PERSISTENT);
    }

    /**
     * Creates a znode.
     *
     * @return its path, with the sequence number if it got one
     */
    public String create(String path, @Nullable Bytes data, CreateOptions options) {
        return calls.await(createAsync(path, data, options));
    }

    /** As {@link #create(String, Bytes, CreateOptions)}, without waiting. */
    public CompletableFuture<String> createAsync(String path, @Nullable Bytes data, CreateOptions options) {
        RefusedException problem = Requests.problem(path, options);
        return problem == null
                ? calls.submit(path, Requests.create(chroot, path, data, options), calls::createdPath)
                : CompletableFuture.failedFuture(problem);
    }

    /** Creates a znode and returns its stat too. */
    public Created createWithStat(String path, @Nullable Bytes data, CreateOptions options) {
        return calls.await(createWithStatAsync(path, data, options));
    }

    /** As {@link #createWithStat(String, Bytes, CreateOptions)}, without waiting. */
    public CompletableFuture<Created> createWithStatAsync(String path, @Nullable Bytes data, CreateOptions options) {
        RefusedException problem = Requests.problem(path, options);
        return problem == null
                ? calls.submit(path, Requests.createWithStat(chroot, path, data, options), calls::created)
                : CompletableFuture.failedFuture(problem);
    }

    /**
     * Deletes a znode without children.
     *
     * @param version the one that it must have, or {@link #ANY_VERSION}
     */
    public void delete(String path, int version) {
        calls.await(deleteAsync(path, version));
    }

    /** As {@link #delete(String, int)}, without waiting. */
    public CompletableFuture<Void> deleteAsync(String path, int version) {
        return calls.call(path, server -> new Delete(server, version), null, reply -> null);
    }

    /** Returns the stat of a znode if there is one. */
    public Optional<Stat> exists(String path) {
        return calls.await(existsAsync(path));
    }

    /** As {@link #exists(String)}, without waiting. */
    public CompletableFuture<Optional<Stat>> existsAsync(String path) {
        return calls.exists(path, null);
    }

    /** The same, and the watch waits for the creation, the deletion, or the change of the data. */
    public Optional<Stat> exists(String path, WatchHandle watch) {
        return calls.await(existsAsync(path, watch));
    }

    /** As {@link #exists(String, WatchHandle)}, without waiting. */
    public CompletableFuture<Optional<Stat>> existsAsync(String path, WatchHandle watch) {
        return calls.exists(path, watch);
    }

    /** Returns the data of a znode. */
    public Znode getData(String path) {
        return calls.await(getDataAsync(path));
    }

    /** As {@link #getData(String)}, without waiting. */
    public CompletableFuture<Znode> getDataAsync(String path) {
        return calls.getData(path, null);
    }

    /** The same, and the watch waits for the deletion or the change of the data. */
    public Znode getData(String path, WatchHandle watch) {
        return calls.await(getDataAsync(path, watch));
    }

    /** As {@link #getData(String, WatchHandle)}, without waiting. */
    public CompletableFuture<Znode> getDataAsync(String path, WatchHandle watch) {
        return calls.getData(path, watch);
    }

    /**
     * Sets the data of a znode.
     *
     * @param version the one that it must have, or {@link #ANY_VERSION}
     */
    public Stat setData(String path, @Nullable Bytes data, int version) {
        return calls.await(setDataAsync(path, data, version));
    }

    /** As {@link #setData(String, Bytes, int)}, without waiting. */
    public CompletableFuture<Stat> setDataAsync(String path, @Nullable Bytes data, int version) {
        return calls.call(path, server -> new SetData(server, data, version), null, Calls::stat);
    }

    /** Returns who may do what with a znode. */
    public AccessList getAcl(String path) {
        return calls.await(getAclAsync(path));
    }

    /** As {@link #getAcl(String)}, without waiting. */
    public CompletableFuture<AccessList> getAclAsync(String path) {
        return calls.call(path, GetAcl::new, null, reply -> {
            AclReply list = (AclReply) reply;
            return new AccessList(list.acl(), list.stat());
        });
    }

    /**
     * Sets who may do what with a znode.
     *
     * @param version the aversion that it must have, or {@link #ANY_VERSION}
     */
    public Stat setAcl(String path, List<Acl> acl, int version) {
        return calls.await(setAclAsync(path, acl, version));
    }

    /** As {@link #setAcl(String, List, int)}, without waiting. */
    public CompletableFuture<Stat> setAclAsync(String path, List<Acl> acl, int version) {
        return calls.call(path, server -> new SetAcl(server, acl, version), null, Calls::stat);
    }

    /** Returns the names of a znode's children, in no order. */
    public List<String> getChildren(String path) {
        return calls.await(getChildrenAsync(path));
    }

    /** As {@link #getChildren(String)}, without waiting. */
    public CompletableFuture<List<String>> getChildrenAsync(String path) {
        return calls.getChildren(path, null);
    }

    /** The same, and the watch waits for a child's creation or deletion, or the znode's own deletion. */
    public List<String> getChildren(String path, WatchHandle watch) {
        return calls.await(getChildrenAsync(path, watch));
    }

    /** As {@link #getChildren(String, WatchHandle)}, without waiting. */
    public CompletableFuture<List<String>> getChildrenAsync(String path, WatchHandle watch) {
        return calls.getChildren(path, watch);
    }

    /** Returns the names of a znode's children, and its stat. */
    public Children getChildrenWithStat(String path) {
        return calls.await(getChildrenWithStatAsync(path));
    }

    /** As {@link #getChildrenWithStat(String)}, without waiting. */
    public CompletableFuture<Children> getChildrenWithStatAsync(String path) {
        return calls.getChildrenWithStat(path, null);
    }

    /** The same, and the watch waits for a child's creation or deletion, or the znode's own deletion. */
    public Children getChildrenWithStat(String path, WatchHandle watch) {
        return calls.await(getChildrenWithStatAsync(path, watch));
    }

    /** As {@link #getChildrenWithStat(String, WatchHandle)}, without waiting. */
    public CompletableFuture<Children> getChildrenWithStatAsync(String path, WatchHandle watch) {
        return calls.getChildrenWithStat(path, watch);
    }

    /** Makes the server catch up with everything committed before; a read behind it sees all of that. */
    public void sync(String path) {
        calls.await(syncAsync(path));
    }

    /** As {@link #sync(String)}, without waiting. */
    public CompletableFuture<Void> syncAsync(String path) {
        return calls.call(path, Sync::new, null, reply -> null);
    }

    /** Operations that few need: several reads at once, persistent watches, counts, extensions. */
    public LowLevel lowLevel() {
        return new LowLevel(session, calls);
    }

    /** Several writes that happen all or not at all. */
    public Transaction transaction() {
        return new Transaction(calls);
    }

    /**
     * Says who the client is, from now on and again behind each reconnect.
     *
     * @param scheme for example {@code digest}
     * @param credentials the scheme's own, for {@code digest} the text {@code user:password}
     * @throws RefusedException with {@link ErrorCode#AUTH_FAILED}; the server drops the connection then
     */
    public void addAuth(String scheme, Bytes credentials) {
        calls.await(addAuthAsync(scheme, credentials));
    }

    /** As {@link #addAuth(String, Bytes)}, without waiting. */
    public CompletableFuture<Void> addAuthAsync(String scheme, Bytes credentials) {
        return calls.submit(null, new Auth(0, scheme, credentials), reply -> null);
    }

    /**
     * Ends the session behind the requests made so far, and waits until that is done, but no longer than an operation
     * takes. Called where it cannot wait it returns at once.
     */
    @Override
    public void close() {
        endSession();
        if (!session.isLoopThread()) {
            calls.await(session.ended());
        }
    }

    /** As {@link #close}, without waiting; never fails. */
    public CompletableFuture<Void> closeAsync() {
        endSession();
        return lost.copy();
    }

    void awaitConnected(Duration timeout) {
        try {
            connected.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SessionLostException(session.standing(), null);
        } catch (TimeoutException e) {
            String reason = "no session within " + timeout.toMillis() + " ms: " + session.standing();
            endSession();
            throw new SessionLostException(reason, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            endSession();
            throw new SessionLostException("interrupted", null);
        }
    }

    private void endSession() {
        boolean isConnected = state == ConnectionState.CONNECTED || state == ConnectionState.READ_ONLY;
        session.close(isConnected ? operationTimeoutMs : Math.min(operationTimeoutMs, UNCONNECTED_CLOSE_MS));
    }

    /** To those who listen now: a listener does not hear of what was before it came. */
    private void tell(ConnectionState change, String reason) {
        for (ConnectionListener listener : listeners) {
            session.callBack(() -> listener.changed(change, reason));
        }
    }

    /** Notes on the loop how things stand. */
    private final class Standing implements SessionObserver {
        @Override
        public void onConnected(long sessionId, Bytes password, int timeoutMs, String server, boolean isReadOnly) {
            ticket = new SessionTicket(sessionId, password);
            sessionTimeout = Duration.ofMillis(timeoutMs);
            state = isReadOnly ? ConnectionState.READ_ONLY : ConnectionState.CONNECTED;
            tell(state, isReadOnly ? server + ": it is cut off from its quorum" : server);
            connected.complete(null);
        }

        @Override
        public void onSuspended(String reason) {
            state = ConnectionState.SUSPENDED;
            tell(ConnectionState.SUSPENDED, reason);
        }

        @Override
        public void onLost(String reason) {
            state = ConnectionState.LOST;
            tell(ConnectionState.LOST, reason);
            connected.completeExceptionally(new SessionLostException(reason, null));
            session.callBack(() -> lost.complete(null));
            if (ownLoop != null) {
                ownLoop.close();
            }
        }
    }
}
