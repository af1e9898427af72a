package io.zabkeeper.client;

import io.zabkeeper.client.internal.ConnectString;
import io.zabkeeper.client.internal.SessionSettings;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.codec.FrameLimit;
import io.zabkeeper.wire.reply.ConnectReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a client needs to know before it starts. For one thread; each {@link #start} makes another client. */
public final class ZabClientBuilder {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(15);

    private ConnectString hosts = ConnectString.parse("localhost:2181");
    private Duration sessionTimeout = SESSION_TIMEOUT;
    private Duration operationTimeout = OPERATION_TIMEOUT;
    private @Nullable Duration connectTimeout;
    private FrameLimit requestLimit = FrameLimit.DEFAULT;
    private SessionTicket ticket = new SessionTicket(0, Bytes.of(new byte[ConnectReply.PASSWORD_SIZE]));
    private boolean takesReadOnly;
    private Extensions extensions = Extensions.NONE;
    private RetryPolicy retry = RetryPolicy.NONE;
    private @Nullable TlsOptions tls;
    private @Nullable Executor callbacks;
    private @Nullable ClientLoop loop;
    private final List<ConnectionListener> listeners = new ArrayList<>();

    ZabClientBuilder() {}

    /**
     * The servers, {@code host:port,host:port/chroot}; the port may be missing and is 2181 then, an IPv6 address stands
     * in brackets. With a chroot all paths of the client are below it.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public ZabClientBuilder hosts(String connectString) {
        hosts = ConnectString.parse(connectString);
        return this;
    }

    /** After which without a sign of life the session ends; the server may decide for another. 10 s by default. */
    public ZabClientBuilder sessionTimeout(Duration timeout) {
        sessionTimeout = requirePositive(timeout);
        return this;
    }

    /** After which every request gets an outcome, whatever happens. 15 s by default. */
    public ZabClientBuilder operationTimeout(Duration timeout) {
        operationTimeout = requirePositive(timeout);
        return this;
    }

    /** How long {@link #connect} waits; as long as an operation by default. */
    public ZabClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = requirePositive(timeout);
        return this;
    }

    /** Repeats some of what fails; by default nothing is. */
    public ZabClientBuilder retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    /** Speaks TLS with the servers; by default the client speaks plain TCP. */
    public ZabClientBuilder tls(TlsOptions options) {
        tls = options;
        return this;
    }

    /** The longest request; a longer one is refused here, since servers answer it by dropping the connection. */
    public ZabClientBuilder requestLimitBytes(int sizeBytes) {
        requestLimit = new FrameLimit(sizeBytes);
        return this;
    }

    /** Attaches to a session that exists, instead of asking for a new one. Another client of it is cut off. */
    public ZabClientBuilder session(SessionTicket existing) {
        ticket = existing;
        return this;
    }

    /**
     * Also takes a server that is cut off from its quorum and answers reads meanwhile ({@code readonlymode.enabled} in its
     * configuration): to read what was there rather than nothing. The client is {@link ConnectionState#READ_ONLY} then; a
     * write is refused with {@link io.zabkeeper.wire.ErrorCode#NOT_READ_ONLY}. In the background it asks the other servers,
     * with pauses from 100 ms to a minute, and moves to the first that has a quorum, with its watches and identities.
     *
     * <p>A session that begins at such a server is known there alone, and is replaced in the move: nobody sees anything of
     * that but a new {@link ZabClient#sessionId}, since it has no ephemeral znodes. A session that the ensemble has given out
     * is never replaced: where the servers do not take it read-only, and they do not, the client is
     * {@link ConnectionState#SUSPENDED} until there is a quorum again, as without this.
     */
    public ZabClientBuilder readOnly() {
        takesReadOnly = true;
        return this;
    }

    /**
     * Offers servers the operations beyond ZooKeeper's that {@link LowLevel} has. What a server grants counts; ZooKeeper
     * grants nothing. Without this the client cannot be told from one of ZooKeeper's: there are servers that refuse what
     * they do not know.
     */
    public ZabClientBuilder offerExtensions() {
        extensions = Extensions.ALL;
        return this;
    }

    /**
     * Runs listeners and completes futures, one after another. By default the client's own loop does: the fastest, but
     * what runs there must not wait, and blocking methods of the client refuse to be called there.
     */
    public ZabClientBuilder callbacks(Executor executor) {
        callbacks = executor;
        return this;
    }

    /** Shares threads with other clients. By default a client has a thread of its own. */
    public ZabClientBuilder loop(ClientLoop shared) {
        loop = shared;
        return this;
    }

    /** Is told of everything from the first connect on. */
    public ZabClientBuilder listener(ConnectionListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Starts a client and waits until it has a session, be it {@link ConnectionState#READ_ONLY}.
     *
     * @throws SessionLostException if there is none in time, or if the session to attach to is over
     */
    public ZabClient connect() {
        ZabClient client = start();
        client.awaitConnected(connectTimeout == null ? operationTimeout : connectTimeout);
        return client;
    }

    /**
     * Starts a client and does not wait: until there is a session, requests wait for it.
     *
     * @throws IllegalArgumentException if a file for TLS cannot be used
     */
    public ZabClient start() {
        SessionSettings settings = new SessionSettings(
                hosts.hosts(),
                millis(sessionTimeout),
                millis(operationTimeout),
                requestLimit,
                ticket.sessionId(),
                ticket.password(),
                takesReadOnly,
                extensions,
                tls == null ? null : tls.context(),
                callbacks);
        Chroot chroot = new Chroot(hosts.chroot());
        ClientLoop shared = loop;
        if (shared != null) {
            return ZabClient.start(settings, chroot, retry, shared, null, listeners);
        }
        ClientLoop own = ClientLoop.ofThreads(1);
        return ZabClient.start(settings, chroot, retry, own, own, listeners);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }

    private static Duration requirePositive(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("a time-out must be positive: " + duration);
        }
        return duration;
    }
}
