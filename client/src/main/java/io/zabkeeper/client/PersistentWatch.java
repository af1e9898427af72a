package io.zabkeeper.client;

import io.zabkeeper.client.internal.Outcome;
import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.client.internal.WatchSink;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.WatcherType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A watch that tells of every change until it is closed or the session is lost. It is put back behind a reconnect. Which
 * changes there were meanwhile is not told, but that there may have been some: by {@link WatchListener#onGap}.
 *
 * <p>Safe for use by many threads.
 */
public final class PersistentWatch implements AutoCloseable {
    private final SessionLoop session;
    private final Chroot chroot;
    private final String serverPath;
    private final AddWatchMode mode;
    private final WatchListener listener;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);
    private final WatchSink sink = new Sink();

    PersistentWatch(SessionLoop session, Chroot chroot, String serverPath, AddWatchMode mode, WatchListener listener) {
        this.session = session;
        this.chroot = chroot;
        this.serverPath = serverPath;
        this.mode = mode;
        this.listener = listener;
    }

    /** What is watched. */
    public String path() {
        return chroot.toClient(serverPath);
    }

    /** Whether events may still come. */
    public boolean isOpen() {
        return isOpen.get();
    }

    /** As {@link #closeAsync}, without anything to wait for. */
    @Override
    public void close() {
        CompletableFuture<Void> unused = closeAsync();
    }

    /**
     * The listener is not called from now on, except for a call that is under way.
     *
     * @return completes when the server sends no more events either, in the order of requests
     */
    public CompletableFuture<Void> closeAsync() {
        Answer<Void> answer = new Answer<>();
        if (!isOpen.compareAndSet(true, false)) {
            return CompletableFuture.completedFuture(null);
        }
        WatcherType type = mode == AddWatchMode.PERSISTENT ? WatcherType.PERSISTENT : WatcherType.PERSISTENT_RECURSIVE;
        session.cancelPersistent(sink, type, outcome -> {
            ZabException failure = outcome instanceof Outcome.Done ? null : Calls.failure(outcome, path());
            session.callBack(answer.settle(null, failure));
        });
        return answer;
    }

    String serverPath() {
        return serverPath;
    }

    AddWatchMode mode() {
        return mode;
    }

    WatchSink sink() {
        return sink;
    }

    private final class Sink implements WatchSink {
        @Override
        public String path() {
            return serverPath;
        }

        @Override
        public boolean isWanted() {
            return isOpen.get();
        }

        @Override
        public void onEvent(WatchEvent event) {
            if (isOpen.get()) {
                listener.onEvent(new WatchEvent(event.type(), event.state(), chroot.toClient(event.path())));
            }
        }

        @Override
        public void onGap() {
            if (isOpen.get()) {
                listener.onGap();
            }
        }

        @Override
        public void onLost(String reason) {
            if (isOpen.compareAndSet(true, false)) {
                listener.onEnd(new SessionLostException(reason, PersistentWatch.this.path()));
            }
        }
    }
}
