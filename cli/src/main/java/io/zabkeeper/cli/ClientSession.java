package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Change;
import io.zabkeeper.cli.command.CommandFailure;
import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.command.Held;
import io.zabkeeper.cli.command.Identity;
import io.zabkeeper.cli.command.Refusal;
import io.zabkeeper.cli.command.Session;
import io.zabkeeper.cli.command.SubtreeChange;
import io.zabkeeper.cli.command.Target;
import io.zabkeeper.cli.command.TransactionRefusal;
import io.zabkeeper.cli.ensemble.ConnectAdvice;
import io.zabkeeper.cli.ensemble.Tls;
import io.zabkeeper.client.ConnectionListener;
import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.TlsOptions;
import io.zabkeeper.client.TransactionRefusedException;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.WatchListener;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabClientBuilder;
import io.zabkeeper.client.ZabException;
import io.zabkeeper.client.recipe.Config;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Grantor;
import io.zabkeeper.client.recipe.LeaderElection;
import io.zabkeeper.client.recipe.Mutex;
import io.zabkeeper.client.recipe.Semaphore;
import io.zabkeeper.client.recipe.TreeCache;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.KeeperState;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.ZnodePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The Java client behind the commands' port; turns its three kinds of failure into exit codes. */
final class ClientSession implements Session {
    private final ZabClient client;

    private ClientSession(ZabClient client) {
        this.client = client;
    }

    /** A session that is connected. */
    static Session open(Target target) throws InterruptedException {
        try {
            return new ClientSession(builder(target).connect());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (ZabException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while connecting");
            }
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    "CONNECTION_LOSS: cannot reach " + target.servers() + ": " + e.getMessage()
                            + ConnectAdvice.of(String.valueOf(e.getMessage()), target.tls() != null));
        }
    }

    private static ZabClientBuilder builder(Target target) {
        ZabClientBuilder builder = ZabClient.builder()
                .hosts(target.servers())
                .connectTimeout(target.timeout())
                .operationTimeout(target.timeout());
        if (target.takesReadOnly()) {
            builder.readOnly();
        }
        Tls tls = target.tls();
        return tls == null ? builder : builder.tls(options(tls));
    }

    private static TlsOptions options(Tls tls) {
        Path authorities = tls.authorities();
        Path certificate = tls.certificate();
        Path key = tls.key();
        TlsOptions anonymous =
                authorities == null ? TlsOptions.trustingAsTheJvmDoes() : TlsOptions.trusting(authorities);
        return certificate == null || key == null ? anonymous : anonymous.identifiedBy(certificate, key);
    }

    @Override
    public String create(String path, Bytes data, CreateMode mode) throws InterruptedException {
        return await(path, client.createAsync(path, data, CreateOptions.of(mode)));
    }

    @Override
    public Znode get(String path) throws InterruptedException {
        io.zabkeeper.client.Znode znode = await(path, client.getDataAsync(path));
        return new Znode(znode.data(), znode.stat());
    }

    @Override
    public Stat set(String path, Bytes data, int version) throws InterruptedException {
        return await(path, client.setDataAsync(path, data, version));
    }

    @Override
    public void delete(String path, int version) throws InterruptedException {
        await(path, client.deleteAsync(path, version));
    }

    @Override
    public List<Optional<Stat>> commit(List<Change> changes) throws InterruptedException {
        TransactionBuilder builder = new TransactionBuilder(client.transaction());
        changes.forEach(change -> change.deliverTo(builder));
        return await(ZnodePath.ROOT, builder.commit());
    }

    @Override
    public Optional<Stat> stat(String path) throws InterruptedException {
        return await(path, client.existsAsync(path));
    }

    @Override
    public List<String> children(String path) throws InterruptedException {
        return await(path, client.getChildrenAsync(path));
    }

    @Override
    public Optional<Stat> watchStat(String path, Consumer<WatchEvent> watcher) throws InterruptedException {
        return await(path, client.existsAsync(path, handle(path, watcher)));
    }

    @Override
    public List<String> watchChildren(String path, Consumer<WatchEvent> watcher) throws InterruptedException {
        return await(path, client.getChildrenAsync(path, handle(path, watcher)));
    }

    @Override
    public List<Acl> acl(String path) throws InterruptedException {
        return await(path, client.getAclAsync(path)).entries();
    }

    @Override
    public Stat setAcl(String path, List<Acl> acl, int version) throws InterruptedException {
        return await(path, client.setAclAsync(path, acl, version));
    }

    @Override
    public void sync(String path) throws InterruptedException {
        await(path, client.syncAsync(path));
    }

    @Override
    public List<ClientInfo> whoAmI() throws InterruptedException {
        return await(ZnodePath.ROOT, client.lowLevel().whoAmI());
    }

    @Override
    public List<String> ephemerals() throws InterruptedException {
        return await(ZnodePath.ROOT, client.lowLevel().ephemerals());
    }

    @Override
    public Optional<Held> lock(String path, String label, Optional<Duration> patience) throws InterruptedException {
        return acquire(path, () -> Mutex.at(client, path).labelled(label), patience);
    }

    @Override
    public Optional<Held> lease(String path, int leases, Optional<Duration> patience) throws InterruptedException {
        return acquire(path, () -> Semaphore.at(client, path, leases), patience);
    }

    private Optional<Held> acquire(String path, Supplier<Grantor> source, Optional<Duration> patience)
            throws InterruptedException {
        try {
            Grantor grantor = source.get();
            Optional<Grant> grant =
                    patience.isPresent() ? grantor.tryAcquire(patience.get()) : Optional.of(grantor.acquire());
            return grant.map(granted -> new HeldGrant(granted, client.sessionTimeout()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (ZabException e) {
            throw explained(path, e);
        }
    }

    @Override
    public Held lead(String path, String label) throws InterruptedException {
        try {
            return OneTerm.await(client, path, label);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Contestant> contestants(String path) throws InterruptedException {
        return await(path, LeaderElection.candidates(client, path)).stream()
                .map(candidate ->
                        new Contestant(candidate.path(), candidate.label(), candidate.sessionId(), candidate.token()))
                .toList();
    }

    @Override
    public void authenticate(Identity identity) throws InterruptedException {
        await(identity.toString(), client.addAuthAsync(identity.scheme(), identity.credentials()));
    }

    @Override
    public void configure(String path, Map<String, String> values) throws InterruptedException {
        try (Config config = Config.at(client, path).follow()) {
            await(path, config.setAsync(values));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (ZabException e) {
            throw explained(path, e);
        }
    }

    @Override
    public Runnable follow(String path, Consumer<SubtreeChange> listener) {
        return TreeCache.follow(client, path, TreeCache.Depth.SUBTREE, new Followed(path, listener))::close;
    }

    @Override
    public Runnable onConnectionChange(Consumer<String> listener) {
        ConnectionListener registered = (state, reason) -> {
            switch (state) {
                case CONNECTED -> listener.accept("connected to " + reason);
                case READ_ONLY -> listener.accept("connected to " + reason + ", and only reads");
                case SUSPENDED -> listener.accept("connection lost: " + reason);
                case LOST -> listener.accept("session over: " + reason);
            }
        };
        client.addListener(registered);
        return () -> client.removeListener(registered);
    }

    @Override
    public boolean isConnected() {
        return client.state() == ConnectionState.CONNECTED || isReadOnly();
    }

    @Override
    public boolean isReadOnly() {
        return client.state() == ConnectionState.READ_ONLY;
    }

    @Override
    public boolean isOver() {
        return client.state() == ConnectionState.LOST;
    }

    @Override
    public void close() {
        client.close();
    }

    /** A watch that will never fire tells so with the state that ended it. */
    private static WatchHandle handle(String path, Consumer<WatchEvent> watcher) {
        return WatchHandle.of(new WatchListener() {
            @Override
            public void onEvent(WatchEvent event) {
                watcher.accept(event);
            }

            @Override
            public void onEnd(ZabException reason) {
                if (!(reason instanceof RefusedException)) {
                    watcher.accept(new WatchEvent(EventType.NONE, KeeperState.EXPIRED, path));
                }
            }
        });
    }

    /** The client gives every request an outcome in time, so this waits without a limit of its own. */
    private static <T> T await(String path, CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZabException failure) {
                throw explained(path, failure);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static CommandFailure explained(String path, ZabException failure) {
        if (failure instanceof TransactionRefusedException refused) {
            String fault = refused.path();
            return new TransactionRefusal(refused.failedIndex(), refused.code(), fault == null ? path : fault);
        }
        if (failure instanceof RefusedException refused) {
            return switch (refused.code()) {
                case CONNECTION_LOSS, OPERATION_TIMEOUT, REQUEST_TIMEOUT ->
                    unknown(refused.code().name(), failure);
                default -> new Refusal(refused.code(), refused.path() == null ? path : refused.path());
            };
        }
        boolean isUnknown = failure instanceof OutcomeUnknownException;
        return unknown(isUnknown ? "OUTCOME_UNKNOWN" : ErrorCode.SESSION_EXPIRED.name(), failure);
    }

    private static CommandFailure unknown(String name, ZabException failure) {
        return new CommandFailure(ExitCode.UNKNOWN, name + ": " + failure.getMessage());
    }
}
