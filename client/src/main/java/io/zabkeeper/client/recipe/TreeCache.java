package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionListener;
import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.PersistentWatch;
import io.zabkeeper.client.WatchListener;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabException;
import io.zabkeeper.client.Znode;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.ZnodePath;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a znode, of it with its children, or of all below it, that follows what happens there.
 *
 * <p>It is never ahead of the server, and behind it by what is under way. A persistent watch says which znode to read again,
 * so many changes of one znode may be seen as one. Behind a reconnect everything is read anew, because what happened meanwhile
 * is not told.
 *
 * <p>What the client may not read is not there. Safe for use by many threads; reading it asks nobody.
 */
public final class TreeCache implements AutoCloseable {
    private final ZabClient client;
    private final String path;
    private final Depth depth;
    private final CacheListener listener;
    private final NavigableMap<String, Znode> znodes = new ConcurrentSkipListMap<>();
    private final ConnectionListener onConnection = this::connectionChanged;
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private volatile @Nullable PersistentWatch watch;
    private volatile boolean isClosed;

    /** Everything has been read since the connection broke last. */
    private volatile boolean isRead;

    /** Held by whoever applies an answer; no request is waited for under it. */
    private final Object lock = new Object();

    /** The reading of everything that is under way, or the last one. */
    private Walk walk = new Walk();

    private TreeCache(ZabClient client, String path, Depth depth, CacheListener listener) {
        this.client = client;
        this.path = path;
        this.depth = depth;
        this.listener = listener;
    }

    /**
     * Starts to follow, and returns at once; {@link #whenComplete} says when everything is there. There need be no such
     * znode yet.
     *
     * @throws IllegalArgumentException if that is no path
     */
    public static TreeCache follow(ZabClient client, String path, Depth depth, CacheListener listener) {
        TreeCache cache = notStarted(client, path, depth, listener);
        cache.start();
        return cache;
    }

    /** One that its owner starts when the listener can be called. */
    static TreeCache notStarted(ZabClient client, String path, Depth depth, CacheListener listener) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException(problem + ": \"" + path + '"');
        }
        return new TreeCache(client, path, depth, listener);
    }

    /** Completes when everything that was there is cached; with the reason if it never will be. */
    public CompletableFuture<Void> whenComplete() {
        return complete.copy();
    }

    /** What a znode held when it was read last; empty if there was none, or if it is not followed. */
    public Optional<Znode> get(String path) {
        return Optional.ofNullable(znodes.get(path));
    }

    /** All that is cached, by path; goes on to change. */
    public Map<String, Znode> all() {
        return Collections.unmodifiableNavigableMap(znodes);
    }

    /** Whether what is cached follows the ensemble, as far as is known here: not at a server without a quorum. */
    public boolean isCurrent() {
        return isRead && !isClosed && client.state() == ConnectionState.CONNECTED;
    }

    /** Follows no longer; what is cached stays as it is. */
    @Override
    public void close() {
        isClosed = true;
        client.removeListener(onConnection);
        PersistentWatch present = watch;
        if (present != null) {
            present.close();
        }
    }

    void start() {
        client.addListener(onConnection);
        AddWatchMode mode = depth == Depth.NODE ? AddWatchMode.PERSISTENT : AddWatchMode.PERSISTENT_RECURSIVE;
        Persistence.repeat(() -> client.lowLevel().addWatch(path, mode, new Following()))
                .whenComplete((added, failure) -> {
                    if (failure != null) {
                        end(Trouble.cause(failure));
                        return;
                    }
                    watch = added;
                    if (isClosed) {
                        added.close();
                    }
                    readAll();
                });
    }

    private void connectionChanged(ConnectionState state, String reason) {
        switch (state) {
            case SUSPENDED -> {
                isRead = false;
                listener.stale(reason);
            }
            case CONNECTED, READ_ONLY -> {
                if (watch != null) {
                    readAll();
                }
            }
            case LOST -> {
                // The watch hears of it, too.
            }
        }
    }

    private void end(Throwable reason) {
        isRead = false;
        client.removeListener(onConnection);
        complete.completeExceptionally(reason);
        if (!isClosed) {
            listener.ended(reason.toString());
        }
    }

    private void readAll() {
        synchronized (lock) {
            isRead = false;
            walk = new Walk();
            walk.read(path);
        }
    }

    private void found(String where, Znode now) {
        Znode before = znodes.put(where, now);
        if (before == null) {
            listener.created(where, now);
        } else if (before.stat().mzxid() != now.stat().mzxid()
                || before.stat().czxid() != now.stat().czxid()) {
            listener.changed(where, before, now);
        }
    }

    private void missed(String where) {
        Znode before = znodes.remove(where);
        if (before != null) {
            listener.deleted(where, before);
        }
    }

    private boolean isFollowed(String where) {
        return switch (depth) {
            case NODE -> where.equals(path);
            case CHILDREN -> where.equals(path) || ZnodePath.parent(where).equals(path);
            case SUBTREE -> true;
        };
    }

    private boolean hasFollowedChildren(String where) {
        return switch (depth) {
            case NODE -> false;
            case CHILDREN -> where.equals(path);
            case SUBTREE -> true;
        };
    }

    /** How much is followed. */
    public enum Depth {
        /** The znode alone. */
        NODE,
        /** The znode and its children. */
        CHILDREN,
        /** The znode and everything below it. */
        SUBTREE
    }

    private final class Following implements WatchListener {
        @Override
        public void onEvent(WatchEvent event) {
            synchronized (lock) {
                if (isFollowed(event.path()) && !isClosed) {
                    walk.readOne(event.path());
                }
            }
        }

        @Override
        public void onEnd(ZabException reason) {
            end(reason);
        }
    }

    /**
     * Reads everything once, and from then on what has changed. Answers come in the order of the questions, so the last one
     * about a znode is the newest, whichever walk has asked it.
     */
    private final class Walk {
        private final Set<String> seen = new HashSet<>();
        private int underWay;
        private boolean isBroken;
        private boolean isOver;
        private boolean isComplete;

        private void read(String where) {
            readOne(where);
            if (hasFollowedChildren(where)) {
                underWay++;
                client.getChildrenAsync(where).whenComplete((names, failure) -> {
                    synchronized (lock) {
                        if (failure == null) {
                            names.forEach(name -> read(ZnodePath.child(where, name)));
                        }
                        done(failure);
                    }
                });
            }
        }

        private void readOne(String where) {
            underWay++;
            client.getDataAsync(where).whenComplete((znode, failure) -> {
                synchronized (lock) {
                    if (isClosed) {
                        return;
                    }
                    if (failure == null) {
                        seen.add(where);
                        found(where, znode);
                    } else if (isAnswer(Trouble.of(failure))) {
                        seen.remove(where);
                        missed(where);
                    }
                    done(failure);
                }
            });
        }

        /** Whether the server has said that there is nothing to be read; otherwise nothing is known. */
        private static boolean isAnswer(Trouble trouble) {
            return trouble == Trouble.NO_NODE || trouble == Trouble.LASTING;
        }

        private void done(@Nullable Throwable failure) {
            underWay--;
            isBroken |= failure != null && Trouble.of(failure).isWorthRepeating();
            isOver |= failure != null && Trouble.of(failure) == Trouble.SESSION_LOST;
            if (underWay > 0 || this != walk || isClosed || isOver) {
                return;
            }
            if (isBroken) {
                readAll();
            } else if (!isComplete) {
                isComplete = true;
                List.copyOf(znodes.keySet()).stream()
                        .filter(where -> !seen.contains(where))
                        .forEach(TreeCache.this::missed);
                isRead = true;
                complete.complete(null);
                listener.complete();
            }
        }
    }
}
