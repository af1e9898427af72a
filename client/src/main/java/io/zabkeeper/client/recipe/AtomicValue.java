package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A value that many change, each change made of the value that it replaces, exactly once.
 *
 * <p>A change is written only over the version that it was made of; who comes too late makes its change anew. A write whose
 * answer is lost is neither repeated blindly nor given up: together with the value it sets a mark, an ephemeral znode of
 * this client below the value, and the mark's version tells later whether it was done.
 *
 * <p>Changes through one object are made one after another. Safe for use by many threads.
 */
public final class AtomicValue {
    /** Those that come too late more often than this let others pass, so that many that contend get on. */
    private static final int TRIES_WITHOUT_PAUSE = 3;

    private final ZabClient client;
    private final String path;
    private final String mark;
    private final Object lock = new Object();
    private CompletableFuture<Bytes> last = CompletableFuture.completedFuture(Bytes.EMPTY);

    /** The mark's version; -1 before there is one. Belongs to the change that is being made. */
    private final AtomicInteger marked = new AtomicInteger(-1);

    private AtomicValue(ZabClient client, String path) {
        this.client = client;
        this.path = path;
        this.mark = ZnodePath.child(path, "_w_" + UUID.randomUUID());
    }

    /**
     * Nothing is asked of the ensemble yet. The znode is made by the first change, with those above it.
     *
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static AtomicValue at(ZabClient client, String path) {
        return new AtomicValue(client, Directory.requireGood(path));
    }

    /**
     * The value as a server knows it, empty before the first change. Another client's change that was answered before may
     * be missing: {@link ZabClient#sync} first where it must not.
     */
    public Bytes get() {
        return Waiting.forValue(client, getAsync());
    }

    /** As {@link #get}, without waiting. */
    public CompletableFuture<Bytes> getAsync() {
        return client.getDataAsync(path)
                .thenApply(AtomicValue::data)
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(Bytes.EMPTY)
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }

    /**
     * Replaces the value.
     *
     * @param change makes the new value of the old one. It is called once for each try, on the client's callback thread;
     *     what it throws fails the update, and nothing is written.
     * @return what was written
     * @throws io.zabkeeper.client.OutcomeUnknownException if the answer was lost, and the mark with it
     * @throws io.zabkeeper.client.SessionLostException if the session is lost; a write may have been done just before
     */
    public Bytes update(UnaryOperator<Bytes> change) {
        return Waiting.forValue(client, updateAsync(change));
    }

    /** As {@link #update}, without waiting. */
    public CompletableFuture<Bytes> updateAsync(UnaryOperator<Bytes> change) {
        synchronized (lock) {
            last = last.handle((done, failure) -> prepare().thenCompose(ready -> attempt(change, 1)))
                    .thenCompose(Function.identity());
            return last.copy();
        }
    }

    private static Bytes data(Znode znode) {
        Bytes data = znode.data();
        return data == null ? Bytes.EMPTY : data;
    }

    private CompletableFuture<Void> prepare() {
        if (marked.get() >= 0) {
            return CompletableFuture.completedFuture(null);
        }
        return Persistence.make(client, path, CreateOptions.PERSISTENT)
                .thenCompose(made -> Persistence.make(client, mark, CreateOptions.EPHEMERAL))
                .thenCompose(made -> Persistence.repeat(() -> client.existsAsync(mark)))
                .thenCompose(stat -> {
                    if (stat.isEmpty()) {
                        return prepare(); // Deleted in between.
                    }
                    marked.set(stat.get().version());
                    return CompletableFuture.completedFuture(null);
                });
    }

    private CompletableFuture<Bytes> attempt(UnaryOperator<Bytes> change, int tries) {
        return Persistence.repeat(() -> client.getDataAsync(path)).thenCompose(old -> {
            Bytes value = change.apply(data(old));
            return write(value, old.stat().version())
                    .thenCompose(isDone -> isDone
                            ? CompletableFuture.completedFuture(value)
                            : Persistence.afterPause(
                                    tries > TRIES_WITHOUT_PAUSE,
                                    () -> prepare().thenCompose(ready -> attempt(change, tries + 1))));
        });
    }

    /** Whether it was done; if not, it surely was not. */
    private CompletableFuture<Boolean> write(Bytes value, int version) {
        return client.transaction()
                .setData(path, value, version)
                .setData(mark, null, marked.get())
                .commitAsync()
                .handle((done, failure) -> failure == null ? marked() : afterFailure(failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Boolean> marked() {
        marked.incrementAndGet();
        return CompletableFuture.completedFuture(true);
    }

    private CompletableFuture<Boolean> afterFailure(Throwable failure) {
        return switch (Trouble.of(failure)) {
            case PASSING -> CompletableFuture.completedFuture(false);
            case UNKNOWN -> look(failure);
            case NO_NODE -> {
                marked.set(-1); // Somebody has deleted the value or the mark: both are made anew.
                yield CompletableFuture.completedFuture(false);
            }
            case SESSION_LOST -> CompletableFuture.failedFuture(Trouble.cause(failure));
            case LASTING ->
                Trouble.cause(failure) instanceof RefusedException refused && refused.code() == ErrorCode.BADVERSION
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(Trouble.cause(failure));
        };
    }

    private CompletableFuture<Boolean> look(Throwable unknown) {
        return Persistence.repeat(() -> client.syncAsync(mark))
                .thenCompose(synced -> Persistence.repeat(() -> client.existsAsync(mark)))
                .thenCompose(stat -> {
                    if (stat.isEmpty()) {
                        return CompletableFuture.failedFuture(Trouble.cause(unknown));
                    }
                    return stat.get().version() == marked.get() ? CompletableFuture.completedFuture(false) : marked();
                });
    }
}
