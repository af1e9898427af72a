package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An item on its way into a queue, exactly once.
 *
 * <p>The item alone cannot tell whether it was added: by the time somebody looks behind a lost answer it may have been taken
 * and acknowledged. So a receipt comes with it, in one transaction: an ephemeral znode that nobody but the offerer deletes.
 */
final class Offer {
    private static final Logger LOG = LoggerFactory.getLogger(Offer.class);

    private final ZabClient client;
    private final String items;
    private final String receipts;
    private final String itemPath;
    private final String receipt;
    private final Bytes item;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    private Offer(ZabClient client, String items, String receipts, String kind, Bytes item) {
        String mark = UUID.randomUUID().toString();
        this.client = client;
        this.items = items;
        this.receipts = receipts;
        this.itemPath = ZnodePath.child(items, ContenderName.prefix(mark, kind));
        this.receipt = ZnodePath.child(receipts, mark);
        this.item = item;
    }

    /**
     * Tries until it is done.
     *
     * @param items the directory for it, which is made when it is not there
     * @param receipts that for its receipt
     * @return fails when the session is lost, and the item may be there then, or when the server refuses
     */
    static CompletableFuture<Void> make(ZabClient client, String items, String receipts, String kind, Bytes item) {
        Offer offer = new Offer(client, items, receipts, kind, item);
        offer.create();
        return offer.outcome;
    }

    private void create() {
        client.transaction()
                .create(receipt, null, CreateOptions.EPHEMERAL)
                .create(itemPath, item, CreateOptions.PERSISTENT_SEQUENTIAL)
                .commitAsync()
                .whenComplete((created, failure) -> {
                    if (failure == null || hasReceipt(failure)) {
                        finish();
                        return;
                    }
                    switch (Trouble.of(failure)) {
                        case PASSING -> Persistence.later(this::create);
                        case UNKNOWN -> look();
                        case NO_NODE -> makeDirectories();
                        case SESSION_LOST, LASTING -> fail(failure);
                    }
                });
    }

    /** An attempt that was given up has been carried out after all. */
    private static boolean hasReceipt(Throwable failure) {
        return Trouble.cause(failure) instanceof RefusedException refused && refused.code() == ErrorCode.NODEEXISTS;
    }

    private void makeDirectories() {
        Persistence.makeDirectory(client, items)
                .thenCompose(made -> Persistence.makeDirectory(client, receipts))
                .whenComplete((made, failure) -> {
                    if (failure == null) {
                        create();
                    } else {
                        fail(failure);
                    }
                });
    }

    private void look() {
        Persistence.repeat(() -> client.syncAsync(receipts))
                .thenCompose(synced -> Persistence.repeat(() -> client.existsAsync(receipt)))
                .whenComplete((stat, failure) -> {
                    if (failure != null) {
                        fail(failure);
                    } else if (stat.isPresent()) {
                        finish();
                    } else {
                        create();
                    }
                });
    }

    private void finish() {
        outcome.complete(null);
        Persistence.remove(client, receipt).whenComplete((gone, failure) -> {
            if (failure != null) {
                LOG.warn("a receipt stays until its session ends path={}", receipt, failure);
            }
        });
    }

    private void fail(@Nullable Throwable failure) {
        outcome.completeExceptionally(Trouble.cause(failure));
    }
}
