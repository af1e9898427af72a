package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionListener;
import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.Transaction;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Stat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody holds: a lock, a share of one, a lease, the leadership. It is worth as much as the ephemeral znode that
 * stands for it.
 *
 * <p>No service can promise that a holder still holds at the moment when it acts: its process may have been paused in
 * between. Three things help, from the strongest on:
 *
 * <ul>
 *   <li>{@link #transaction}: writes in the same ensemble that happen only while the grant is held.
 *   <li>{@link #fencingToken}: handed to another store, which refuses a token smaller than the largest it has seen.
 *   <li>{@link #addListener} and {@link #isHeld}: the holder is told at once that it may have lost, and stops.
 * </ul>
 *
 * <p>A broken connection makes a grant doubtful; behind a reconnect it is either confirmed, with the same token, or lost.
 * Lost is final. Safe for use by many threads.
 */
public final class Grant implements AutoCloseable {
    private final ZabClient client;
    private final String path;
    private final long fencingToken;
    private final Object lock = new Object();
    private final List<Told> listeners = new CopyOnWriteArrayList<>();
    private final ConnectionListener onConnection = this::connectionChanged;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    /** How often the grant became doubtful: a confirmation counts if it was asked for since the last time. */
    private final AtomicInteger doubts = new AtomicInteger();

    /** Changes under the lock. */
    private volatile Standing standing = Standing.HELD;

    /** How often it has changed; under the lock. */
    private long changes;

    /** Why it changed last; under the lock. */
    private String reason = "granted";

    private volatile @Nullable WatchHandle vigil;

    private Grant(ZabClient client, String path, long fencingToken) {
        this.client = client;
        this.path = path;
        this.fencingToken = fencingToken;
    }

    /** Of a znode that was seen where it must be, by this session, over the present connection. */
    static Grant begin(ZabClient client, String path, long fencingToken) {
        Grant grant = new Grant(client, path, fencingToken);
        client.addListener(grant.onConnection);
        grant.watch();
        // The listener does not hear of what was before it came.
        switch (client.state()) {
            case SUSPENDED, READ_ONLY -> {
                grant.doubt("the connection broke while it was granted");
                grant.confirm();
            }
            case LOST -> grant.lose("the session was lost while it was granted");
            case CONNECTED -> {
                // It is what it was granted as.
            }
        }
        return grant;
    }

    /**
     * A number that grows from each holder to the next, for ever: the zxid that created the znode of this one. Shared
     * holders have different ones.
     */
    public long fencingToken() {
        return fencingToken;
    }

    /** The znode that stands for it. */
    public String path() {
        return path;
    }

    /** Whether it is held as far as is known here, with a connection that works. */
    public boolean isHeld() {
        return standing == Standing.HELD && client.state() == ConnectionState.CONNECTED;
    }

    public Standing standing() {
        return standing;
    }

    /** A listener that comes when the grant is not held is told so at once, by this thread. */
    public void addListener(GrantListener listener) {
        Told told;
        Change present;
        synchronized (lock) {
            present = new Change(changes, standing, reason);
            told = new Told(listener, standing == Standing.HELD ? changes : changes - 1);
            listeners.add(told);
        }
        told.tell(present);
    }

    public void removeListener(GrantListener listener) {
        listeners.removeIf(told -> told.listener == listener);
    }

    /** Completes with the reason when it is lost for good; never when it is released before. */
    public CompletableFuture<String> whenLost() {
        return lost.copy();
    }

    /**
     * Writes that happen only if this is still held, whatever the client believes: operation 0 of the transaction checks
     * that the znode of this grant exists. If it does not, the commit is refused with {@code NONODE} at that operation.
     */
    public Transaction transaction() {
        return client.transaction().check(path, ZabClient.ANY_VERSION);
    }

    /**
     * Gives it back, and waits until the next one can have it, but no longer than an operation takes; after that it goes on
     * in the background. Nothing happens when it is lost or released. Called on the client's callback thread it does not
     * wait.
     */
    @Override
    public void close() {
        Waiting.upTo(client, releaseAsync());
    }

    /**
     * As {@link #close}, without waiting: from now on it is not held. It is tried until it is done or the session is over.
     *
     * @return completes when the znode is gone; with the reason if the server refuses to delete it
     */
    public CompletableFuture<Void> releaseAsync() {
        Optional<Change> change = change(present -> !present.isFinal(), Standing.RELEASED, "released");
        if (change.isEmpty() && standing == Standing.LOST) {
            return CompletableFuture.completedFuture(null);
        }
        if (change.isPresent()) {
            stop();
            tell(change.get());
            Persistence.remove(client, path, fencingToken).whenComplete((gone, failure) -> {
                if (failure == null) {
                    released.complete(null);
                } else {
                    released.completeExceptionally(Trouble.cause(failure));
                }
            });
        }
        return released.copy();
    }

    /** The znode is about to be deleted by other means: that is no loss, and nobody is told. */
    void surrender() {
        if (change(present -> !present.isFinal(), Standing.RELEASED, "surrendered")
                .isPresent()) {
            stop();
            released.complete(null);
        }
    }

    private void connectionChanged(ConnectionState state, String reason) {
        switch (state) {
            case SUSPENDED, READ_ONLY -> doubt(reason);
            case CONNECTED -> confirm();
            case LOST -> lose(reason);
        }
    }

    private void doubt(String reason) {
        doubts.incrementAndGet();
        change(present -> present == Standing.HELD, Standing.IN_DOUBT, reason).ifPresent(this::tell);
    }

    /** Asks behind everything that was decided before. */
    private void confirm() {
        int asked = doubts.get();
        if (standing != Standing.IN_DOUBT) {
            return;
        }
        Persistence.repeat(() -> client.syncAsync(path))
                .thenCompose(synced -> Persistence.repeat(() -> client.existsAsync(path)))
                .whenComplete((stat, failure) -> {
                    if (failure != null) {
                        lose(Trouble.cause(failure).toString());
                    } else if (!isOurs(stat)) {
                        lose("its znode was deleted");
                    } else if (doubts.get() == asked) {
                        change(present -> present == Standing.IN_DOUBT, Standing.HELD, "confirmed behind a reconnect")
                                .ifPresent(this::tell);
                    }
                });
    }

    /** Where a path is used again, what is there may be the next one's. */
    private boolean isOurs(Optional<Stat> stat) {
        return stat.isPresent() && stat.get().czxid() == fencingToken;
    }

    /** Somebody may delete the znode while the session lives on. */
    private void watch() {
        WatchHandle watch = WatchHandle.create();
        vigil = watch;
        watch.fired().whenComplete((event, failure) -> {
            if (event != null && event.type() == EventType.NODE_DELETED) {
                lose("its znode was deleted");
            } else if (!standing.isFinal() && Trouble.ofWatch(failure) != Trouble.SESSION_LOST) {
                Persistence.later(this::watch);
            }
        });
        client.existsAsync(path, watch).whenComplete((stat, failure) -> {
            if (failure == null && !isOurs(stat)) {
                lose("its znode was deleted");
            }
        });
        if (standing.isFinal()) {
            watch.close();
        }
    }

    private void lose(String reason) {
        change(present -> !present.isFinal(), Standing.LOST, reason).ifPresent(change -> {
            stop();
            tell(change);
            lost.complete(reason);
        });
    }

    /** If it stands so, it stands otherwise from now on. */
    private Optional<Change> change(Predicate<Standing> from, Standing to, String why) {
        synchronized (lock) {
            if (!from.test(standing)) {
                return Optional.empty();
            }
            standing = to;
            reason = why;
            changes++;
            return Optional.of(new Change(changes, to, why));
        }
    }

    private void stop() {
        client.removeListener(onConnection);
        WatchHandle watch = vigil;
        if (watch != null) {
            watch.close();
        }
    }

    private void tell(Change change) {
        for (Told told : listeners) {
            told.tell(change);
        }
    }

    @Override
    public String toString() {
        return "grant " + path + " token=" + fencingToken + " " + standing;
    }

    /** @param number of all changes of one grant; the first is 1 */
    private record Change(long number, Standing standing, String reason) {}

    /** A listener and what it knows. Several threads may tell; what has been overtaken is told no more. */
    private static final class Told {
        private final GrantListener listener;
        private final ReentrantLock turn = new ReentrantLock();
        private long last;

        Told(GrantListener listener, long last) {
            this.listener = listener;
            this.last = last;
        }

        void tell(Change change) {
            turn.lock();
            try {
                if (change.number() > last) {
                    last = change.number();
                    listener.changed(change.standing(), change.reason());
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /** How a grant stands. */
    public enum Standing {
        HELD,

        /**
         * There is no connection, or one to a server without a quorum, or the znode has not been seen since it broke. Perhaps
         * somebody else has it by now.
         */
        IN_DOUBT,

        /** The session is over, or somebody has deleted the znode. Final. */
        LOST,

        /** Given back. Final. */
        RELEASED;

        boolean isFinal() {
            return this == LOST || this == RELEASED;
        }
    }
}
