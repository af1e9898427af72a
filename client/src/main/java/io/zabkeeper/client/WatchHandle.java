package io.zabkeeper.client;

import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.client.internal.WatchSink;
import io.zabkeeper.wire.WatchEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A one-shot watch: give it to one read, and it waits for the first change behind what that read returned.
 *
 * <p>With {@code getData} and {@code exists} it waits for the data's change, the creation or the deletion, with
 * {@code getChildren} for a child's creation or deletion, or the znode's own. It survives reconnects: what changed
 * meanwhile arrives behind them. Only a znode that {@code exists} did not find, and that came and went while there was no
 * connection, is not told of: servers compare with what is there.
 *
 * <p>It ends once: with an event, with an error (the read failed, the session is lost), or by {@link #close}. It cannot
 * be used a second time. Safe for use by many threads.
 */
public final class WatchHandle implements AutoCloseable {
    private final WatchListener listener;
    private final CompletableFuture<WatchEvent> fired = new CompletableFuture<>();
    private final AtomicReference<@Nullable Registration> registration = new AtomicReference<>();

    private WatchHandle(WatchListener listener) {
        this.listener = listener;
    }

    /** One whose event is taken from {@link #fired}. */
    public static WatchHandle create() {
        return new WatchHandle(event -> {});
    }

    /** One that tells this listener. */
    public static WatchHandle of(WatchListener listener) {
        return new WatchHandle(listener);
    }

    /**
     * The event, or a {@link ZabException} if there will be none; cancelled by {@link #close}. Completes on the
     * client's callback thread.
     */
    public CompletableFuture<WatchEvent> fired() {
        return fired;
    }

    /** Whether an event may still come. */
    public boolean isOpen() {
        return !fired.isDone();
    }

    /** Nobody waits any more. The listener is not called from now on, except for a call that is under way. */
    @Override
    public void close() {
        Registration registered = registration.get();
        if (fired.cancel(false) && registered != null) {
            registered.session.cancelWatch(registered);
        }
    }

    /** The client's side, used by the one read that this handle is given to. */
    WatchSink register(SessionLoop session, Chroot chroot, String serverPath) {
        Registration mine = new Registration(session, chroot, serverPath);
        if (!registration.compareAndSet(null, mine)) {
            throw new IllegalStateException("a watch handle serves one read, this one had one");
        }
        return mine;
    }

    void fail(ZabException reason) {
        if (fired.completeExceptionally(reason)) {
            listener.onEnd(reason);
        }
    }

    private final class Registration implements WatchSink {
        private final SessionLoop session;
        private final Chroot chroot;
        private final String path;

        private Registration(SessionLoop session, Chroot chroot, String path) {
            this.session = session;
            this.chroot = chroot;
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public boolean isWanted() {
            return isOpen();
        }

        @Override
        public void onEvent(WatchEvent event) {
            WatchEvent mine = new WatchEvent(event.type(), event.state(), chroot.toClient(event.path()));
            if (fired.complete(mine)) {
                listener.onEvent(mine);
            }
        }

        @Override
        public void onLost(String reason) {
            fail(new SessionLostException(reason, chroot.toClient(path)));
        }
    }
}
