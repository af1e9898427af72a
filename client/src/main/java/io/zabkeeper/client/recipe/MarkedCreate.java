package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.Created;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Creates one znode with a sequence number, exactly one, though answers may be lost: the name carries a mark that nobody
 * else uses.
 *
 * <p>After a lost answer the znode is looked for by its mark, behind a {@code sync}. What is not there then will not come:
 * on the same connection requests are carried out in order, and what an earlier connection has left at another member is
 * refused once the session has moved (gotcha 81).
 */
final class MarkedCreate {
    private final ZabClient client;
    private final String directory;
    private final String prefix;
    private final Bytes data;
    private final CreateOptions options;
    private final CompletableFuture<Created> outcome = new CompletableFuture<>();

    private MarkedCreate(ZabClient client, String directory, String prefix, Bytes data, CreateOptions options) {
        this.client = client;
        this.directory = directory;
        this.prefix = prefix;
        this.data = data;
        this.options = options;
    }

    /**
     * Tries until it is done. It cannot be cancelled: whoever does not want the znode any more waits for it and deletes it.
     *
     * @param directory is made, as a container, when it is not there
     * @param kind stands between the mark and the sequence number
     * @param options of a sequential mode
     * @return the znode; fails when the session is lost, or when the server refuses
     */
    static CompletableFuture<Created> make(
            ZabClient client, String directory, String kind, Bytes data, CreateOptions options) {
        String mark = UUID.randomUUID().toString();
        MarkedCreate one = new MarkedCreate(client, directory, ContenderName.prefix(mark, kind), data, options);
        one.create();
        return one.outcome;
    }

    private void create() {
        client.createWithStatAsync(ZnodePath.child(directory, prefix), data, options)
                .whenComplete((created, failure) -> {
                    if (failure == null) {
                        outcome.complete(created);
                        return;
                    }
                    switch (Trouble.of(failure)) {
                        case PASSING -> Persistence.later(this::create);
                        case UNKNOWN -> search();
                        case NO_NODE -> makeDirectory();
                        case SESSION_LOST, LASTING -> fail(failure);
                    }
                });
    }

    private void makeDirectory() {
        Persistence.makeDirectory(client, directory).whenComplete((made, failure) -> {
            if (failure == null) {
                create();
            } else {
                fail(failure);
            }
        });
    }

    private void search() {
        Persistence.repeat(() -> client.syncAsync(directory))
                .thenCompose(synced -> Persistence.repeat(() -> client.getChildrenAsync(directory)))
                .whenComplete((names, failure) -> {
                    if (failure == null) {
                        names.stream()
                                .filter(name -> name.startsWith(prefix))
                                .findFirst()
                                .ifPresentOrElse(this::recognize, this::create);
                    } else if (Trouble.of(failure) == Trouble.NO_NODE) {
                        create();
                    } else {
                        fail(failure);
                    }
                });
    }

    private void recognize(String name) {
        String path = ZnodePath.child(directory, name);
        Persistence.repeat(() -> client.existsAsync(path)).whenComplete((stat, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (stat.isEmpty()) {
                create(); // Somebody has deleted it in between.
            } else {
                outcome.complete(new Created(path, stat.get()));
            }
        });
    }

    private void fail(@Nullable Throwable failure) {
        outcome.completeExceptionally(Trouble.cause(failure));
    }
}
