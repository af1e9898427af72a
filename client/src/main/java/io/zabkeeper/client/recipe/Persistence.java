package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that are repeated until they are done, over any number of connections. Only such as can be: done twice they
 * are as good as done once.
 */
final class Persistence {
    /** Keeps a server that is overloaded from being asked without a pause. */
    private static final int PAUSE_MS = 50;

    private static final Executor LATER = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);

    private Persistence() {}

    /** Repeats a request while what fails it passes. */
    static <T> CompletableFuture<T> repeat(Supplier<CompletableFuture<T>> request) {
        return request.get()
                .handle((done, failure) -> {
                    if (failure != null && Trouble.of(failure).isWorthRepeating()) {
                        return afterPause(true, () -> repeat(request));
                    }
                    return failure == null
                            ? CompletableFuture.completedFuture(done)
                            : CompletableFuture.<T>failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    /** Does something after a pause. */
    static void later(Runnable step) {
        LATER.execute(step);
    }

    /** Goes on with something, at once or after a pause. */
    static <T> CompletableFuture<T> afterPause(boolean isPause, Supplier<CompletableFuture<T>> next) {
        return isPause ? CompletableFuture.supplyAsync(next, LATER).thenCompose(Function.identity()) : next.get();
    }

    /** Deletes a znode that nobody creates again meanwhile. Done too if it is gone. */
    static CompletableFuture<Void> delete(ZabClient client, String path) {
        return repeat(() -> client.deleteAsync(path, ZabClient.ANY_VERSION))
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }

    /**
     * Deletes one ephemeral znode of our own, and no other one: since an answer was lost, somebody may have created the
     * next one at the same path. Done too if it goes with the session.
     *
     * @param czxid that created it
     */
    static CompletableFuture<Void> remove(ZabClient client, String path, long czxid) {
        return client.deleteAsync(path, ZabClient.ANY_VERSION)
                .handle((gone, failure) -> switch (failure == null ? Trouble.NO_NODE : Trouble.of(failure)) {
                    case NO_NODE, SESSION_LOST -> CompletableFuture.<Void>completedFuture(null);
                    case PASSING -> afterPause(true, () -> remove(client, path, czxid));
                    case UNKNOWN -> afterPause(true, () -> removeUnlessGone(client, path, czxid));
                    case LASTING -> CompletableFuture.<Void>failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    /** Behind a sync nothing of the session's earlier connections is under way any more. */
    private static CompletableFuture<Void> removeUnlessGone(ZabClient client, String path, long czxid) {
        return repeat(() -> client.syncAsync(path))
                .thenCompose(synced -> repeat(() -> client.existsAsync(path)))
                .thenCompose(stat -> stat.isPresent() && stat.get().czxid() == czxid
                        ? remove(client, path, czxid)
                        : CompletableFuture.completedFuture(null))
                .exceptionallyCompose(Persistence::goneWithSession);
    }

    /** The same for an ephemeral znode of our own whose path nobody else uses: done too if it goes with the session. */
    static CompletableFuture<Void> remove(ZabClient client, String path) {
        return delete(client, path).exceptionallyCompose(Persistence::goneWithSession);
    }

    private static CompletableFuture<Void> goneWithSession(Throwable failure) {
        return Trouble.of(failure) == Trouble.SESSION_LOST
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(Trouble.cause(failure));
    }

    /**
     * Sees to it that there is a directory for contenders, and those above it. They go by themselves when they have been
     * used and are empty, where the server knows containers; elsewhere they stay.
     */
    static CompletableFuture<Void> makeDirectory(ZabClient client, String path) {
        return make(client, path, CreateOptions.CONTAINER);
    }

    /** The same for a znode of another kind; an ephemeral one must have a name that no other session uses. */
    static CompletableFuture<Void> make(ZabClient client, String path, CreateOptions kind) {
        if (path.equals(ZnodePath.ROOT)) {
            return CompletableFuture.completedFuture(null);
        }
        return repeat(() -> client.createAsync(path, null, kind))
                .<CompletionStage<Void>>handle((done, failure) -> {
                    if (failure == null || isRefusal(failure, ErrorCode.NODEEXISTS)) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (isRefusal(failure, ErrorCode.UNIMPLEMENTED) && kind.mode() == CreateMode.CONTAINER) {
                        return make(client, path, CreateOptions.PERSISTENT);
                    }
                    String parent = ZnodePath.parent(path);
                    if (isRefusal(failure, ErrorCode.NONODE) && !parent.equals(ZnodePath.ROOT)) {
                        return make(
                                        client,
                                        parent,
                                        kind.mode() == CreateMode.EPHEMERAL ? CreateOptions.PERSISTENT : kind)
                                .thenCompose(made -> make(client, path, kind));
                    }
                    return CompletableFuture.failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private static boolean isRefusal(Throwable failure, ErrorCode code) {
        return Trouble.cause(failure) instanceof RefusedException refused && refused.code() == code;
    }
}
