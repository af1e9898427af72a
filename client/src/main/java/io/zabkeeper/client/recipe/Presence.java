package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an ephemeral znode of a given name there while the session lives: makes it again when somebody deletes it, and waits
 * for the end of another session that has the name, which may be an earlier one of the same process.
 *
 * <p>The steps follow one another; only {@link #leave} may come from elsewhere, and each step looks for it first.
 */
final class Presence {
    private final ZabClient client;
    private final String path;
    private final Bytes data;
    private final CompletableFuture<Void> established = new CompletableFuture<>();
    private volatile @Nullable WatchHandle watch;
    private volatile boolean isOver;

    private Presence(ZabClient client, String path, Bytes data) {
        this.client = client;
        this.path = path;
        this.data = data;
    }

    static Presence keep(ZabClient client, String path, Bytes data) {
        Presence presence = new Presence(client, path, data);
        presence.look();
        return presence;
    }

    /** Completes when the znode is there for the first time; fails when it never will be. */
    CompletableFuture<Void> established() {
        return established.copy();
    }

    /** Removes the znode, unless it is another session's. */
    CompletableFuture<Void> leave() {
        isOver = true;
        WatchHandle present = watch;
        if (present != null) {
            present.close();
        }
        established.cancel(false);
        return Persistence.repeat(() -> client.existsAsync(path))
                .thenCompose(stat -> stat.isPresent() && stat.get().ephemeralOwner() == client.sessionId()
                        ? Persistence.remove(client, path, stat.get().czxid())
                        : CompletableFuture.completedFuture(null))
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.SESSION_LOST
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }

    private void look() {
        if (isOver) {
            return;
        }
        WatchHandle next = WatchHandle.create();
        watch = next;
        client.getDataAsync(path, next).whenComplete((znode, failure) -> {
            if (failure == null) {
                found(znode, next);
                return;
            }
            switch (Trouble.of(failure)) {
                case NO_NODE -> make();
                case PASSING, UNKNOWN -> Persistence.later(this::look);
                case SESSION_LOST, LASTING -> established.completeExceptionally(Trouble.cause(failure));
            }
        });
        if (isOver) {
            next.close();
        }
    }

    private void found(Znode znode, WatchHandle change) {
        if (znode.stat().ephemeralOwner() == client.sessionId()) {
            established.complete(null);
        }
        change.fired().whenComplete((event, gone) -> {
            if (gone == null) {
                look();
            } else if (!isOver) {
                Persistence.later(this::look);
            }
        });
    }

    private void make() {
        if (isOver) {
            return;
        }
        client.createAsync(path, data, CreateOptions.EPHEMERAL).whenComplete((made, failure) -> {
            if (isOver) {
                CompletableFuture<Void> unused = leave();
            } else if (failure != null && Trouble.of(failure) == Trouble.NO_NODE) {
                Persistence.makeDirectory(client, ZnodePath.parent(path)).whenComplete((done, refused) -> {
                    if (refused == null) {
                        make();
                    } else {
                        established.completeExceptionally(Trouble.cause(refused));
                    }
                });
            } else if (failure != null && Trouble.of(failure) == Trouble.PASSING) {
                Persistence.later(this::look);
            } else {
                look(); // Whatever became of it, it is there or it is not.
            }
        });
    }
}
