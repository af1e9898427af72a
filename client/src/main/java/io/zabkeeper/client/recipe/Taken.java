package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.wire.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * An item of a {@link Queue} that nobody else can take while this session lives. {@link #acknowledge} it when the work is
 * done; {@link #close} without that gives it back, to the front of the queue.
 */
public final class Taken implements AutoCloseable {
    private final ZabClient client;
    private final String item;
    private final Znode znode;
    private final Grant claim;
    private final AtomicBoolean isSettled = new AtomicBoolean();

    Taken(ZabClient client, String item, Znode znode, Grant claim) {
        this.client = client;
        this.item = item;
        this.znode = znode;
        this.claim = claim;
    }

    public Bytes data() {
        Bytes data = znode.data();
        return data == null ? Bytes.EMPTY : data;
    }

    /** That it is ours: with a fencing token, with guarded writes, and with word of its loss. */
    public Grant claim() {
        return claim;
    }

    /**
     * The work is done, and the item goes for good.
     *
     * @throws io.zabkeeper.client.TransactionRefusedException with {@code NONODE} if the claim was lost: somebody else may
     *     work on the item by now, or be done with it
     */
    public void acknowledge() {
        Waiting.forValue(client, acknowledgeAsync());
    }

    /** As {@link #acknowledge}, without waiting. */
    public CompletableFuture<Void> acknowledgeAsync() {
        if (!isSettled.compareAndSet(false, true)) {
            throw new IllegalStateException("acknowledged or given back before");
        }
        claim.surrender();
        return settle();
    }

    /** Gives it back unless it was acknowledged, and waits as {@link Grant#close} does. */
    @Override
    public void close() {
        if (isSettled.compareAndSet(false, true)) {
            claim.close();
        }
    }

    void giveBack() {
        if (isSettled.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = claim.releaseAsync();
        }
    }

    /** The claim's end guards the item's: it is there only while this session has not expired. */
    private CompletableFuture<Void> settle() {
        return client.transaction()
                .delete(claim.path(), ZabClient.ANY_VERSION)
                .delete(item, ZabClient.ANY_VERSION)
                .commitAsync()
                .handle((done, failure) -> switch (failure == null ? Trouble.NO_NODE : Trouble.of(failure)) {
                    case PASSING -> Persistence.afterPause(true, this::settle);
                    case UNKNOWN -> look();
                    case NO_NODE, SESSION_LOST, LASTING ->
                        failure == null
                                ? CompletableFuture.<Void>completedFuture(null)
                                : CompletableFuture.<Void>failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Void> look() {
        return Persistence.repeat(() -> client.syncAsync(item))
                .thenCompose(synced -> Persistence.repeat(() -> client.existsAsync(item)))
                .thenCompose(stat -> stat.isEmpty() ? CompletableFuture.completedFuture(null) : settle());
    }
}
