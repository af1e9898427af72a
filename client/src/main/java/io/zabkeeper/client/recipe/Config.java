package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionListener;
import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.PersistentWatch;
import io.zabkeeper.client.Read;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.Transaction;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings that programs share: the children of one znode, each a key with its value as text.
 *
 * <p>Everything is read at once, in one request: what was set together is seen together. Settings that the validation rejects do
 * not become valid; the last good ones stay, here, not in the ensemble. Without a connection the settings stay as they are, and
 * what has changed is learnt behind a reconnect.
 *
 * <pre>{@code
 * Config config = Config.at(client, "/config/app").withDefaults(Map.of("pool.size", "8")).follow();
 * pool.resize(config.now().number("pool.size"));
 * config.addListener((before, now) -> pool.resize(now.number("pool.size")));
 * config.set(Map.of("pool.size", "16", "pool.wait", "PT2S"));
 * }</pre>
 *
 * <p>For some hundred keys: all are read again after each change. Safe for use by many threads.
 */
public final class Config implements AutoCloseable {
    /** Somebody else who sets or removes the same keys all the time is no reason to go on for ever. */
    private static final int MOST_TRIES = 20;

    private final ZabClient client;
    private final String path;
    private final Map<String, String> defaults;
    private final Function<Settings, Optional<String>> validation;
    private final List<ConfigListener> listeners = new CopyOnWriteArrayList<>();
    private final ConnectionListener onConnection = this::connectionChanged;
    private final CompletableFuture<Void> read = new CompletableFuture<>();

    /** Held by whoever applies what was read; no request is waited for under it. */
    private final Object lock = new Object();

    private volatile Settings now;
    private volatile @Nullable PersistentWatch watch;
    private volatile boolean isClosed;

    /** Something has been read since the connection broke last. */
    private volatile boolean isRead;

    private boolean isReading;
    private boolean isOutdated;
    private @Nullable Settings lastRejected;

    private Config(Builder builder) {
        this.client = builder.client;
        this.path = builder.path;
        this.defaults = Map.copyOf(builder.defaults);
        this.validation = builder.validation;
        this.now = new Settings(Map.of(), defaults);
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static Builder at(ZabClient client, String path) {
        return new Builder(client, Directory.requireGood(path));
    }

    /** What is valid. */
    public Settings now() {
        return now;
    }

    /** Whether it follows the ensemble, as far as is known here. */
    public boolean isCurrent() {
        return isRead && !isClosed && client.state() == ConnectionState.CONNECTED;
    }

    public void addListener(ConfigListener listener) {
        listeners.add(listener);
    }

    public void removeListener(ConfigListener listener) {
        listeners.remove(listener);
    }

    /**
     * Sets several values at once: all or none, and those who follow see all or none. They are not validated here: each
     * program decides what is good for it.
     *
     * @throws IllegalArgumentException if a key cannot be the last part of a path
     * @throws RefusedException if the server refuses
     * @throws io.zabkeeper.client.OutcomeUnknownException if the answer was lost; to set the same again does no harm
     */
    public void set(Map<String, String> values) {
        Waiting.forValue(client, setAsync(values));
    }

    /** As {@link #set}, without waiting. */
    public CompletableFuture<Void> setAsync(Map<String, String> values) {
        values.keySet().forEach(this::requireKey);
        return write(new TreeMap<>(values), Set.of(), 1);
    }

    /** Removes several values at once, so that their defaults are valid again; one that is not set does not matter. */
    public void remove(Collection<String> keys) {
        Waiting.forValue(client, removeAsync(keys));
    }

    /** As {@link #remove}, without waiting. */
    public CompletableFuture<Void> removeAsync(Collection<String> keys) {
        keys.forEach(this::requireKey);
        return write(Map.of(), Set.copyOf(keys), 1);
    }

    /** Follows no longer; the settings stay as they are. */
    @Override
    public void close() {
        isClosed = true;
        client.removeListener(onConnection);
        PersistentWatch present = watch;
        if (present != null) {
            present.close();
        }
    }

    private void requireKey(String key) {
        String problem = key.indexOf('/') < 0 ? ZnodePath.problem(ZnodePath.child(path, key)) : "a key has no '/'";
        if (problem != null) {
            throw new IllegalArgumentException("\"" + key + "\" is no key: " + problem);
        }
    }

    private CompletableFuture<Void> write(Map<String, String> set, Set<String> removed, int tries) {
        return Persistence.make(client, path, CreateOptions.PERSISTENT)
                .thenCompose(made -> Persistence.repeat(() -> client.getChildrenAsync(path)))
                .thenCompose(names -> commit(new HashSet<>(names), set, removed, tries));
    }

    private CompletableFuture<Void> commit(
            Set<String> present, Map<String, String> set, Set<String> removed, int tries) {
        Transaction transaction = client.transaction();
        set.forEach((key, value) -> {
            Bytes data = Bytes.ofUtf8(value);
            if (present.contains(key)) {
                transaction.setData(ZnodePath.child(path, key), data, ZabClient.ANY_VERSION);
            } else {
                transaction.create(ZnodePath.child(path, key), data);
            }
        });
        removed.stream()
                .filter(present::contains)
                .forEach(key -> transaction.delete(ZnodePath.child(path, key), ZabClient.ANY_VERSION));
        return transaction
                .commitAsync()
                .<CompletableFuture<Void>>handle((done, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(null);
                    }
                    // Somebody has set or removed one of them since the names were read.
                    boolean isLate = Trouble.cause(failure) instanceof RefusedException refused
                            && (refused.code() == ErrorCode.NONODE || refused.code() == ErrorCode.NODEEXISTS);
                    return (isLate && tries < MOST_TRIES) || Trouble.of(failure) == Trouble.PASSING
                            ? Persistence.afterPause(true, () -> write(set, removed, tries + 1))
                            : CompletableFuture.failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private void start() {
        client.addListener(onConnection);
        Persistence.repeat(
                        () -> client.lowLevel().addWatch(path, AddWatchMode.PERSISTENT_RECURSIVE, event -> refresh()))
                .whenComplete((added, failure) -> {
                    if (failure != null) {
                        read.completeExceptionally(Trouble.cause(failure));
                        return;
                    }
                    watch = added;
                    if (isClosed) {
                        added.close();
                    }
                    refresh();
                });
    }

    private void connectionChanged(ConnectionState state, String reason) {
        switch (state) {
            case SUSPENDED -> isRead = false;
            case CONNECTED, READ_ONLY -> {
                if (watch != null) {
                    refresh();
                }
            }
            case LOST -> {
                // The watch hears of it, too.
            }
        }
    }

    /** Many changes at once are read once. */
    private void refresh() {
        synchronized (lock) {
            isOutdated = true;
            if (isReading || isClosed) {
                return;
            }
            isReading = true;
            isOutdated = false;
        }
        readAll().whenComplete((values, failure) -> {
            boolean isAgain;
            synchronized (lock) {
                isReading = false;
                if (failure == null) {
                    isRead = true;
                    apply(new Settings(values, defaults));
                } else if (Trouble.of(failure) == Trouble.PASSING) {
                    isOutdated = true;
                } else {
                    read.completeExceptionally(Trouble.cause(failure));
                }
                isAgain = isOutdated;
            }
            if (isAgain) {
                Persistence.later(this::refresh);
            }
        });
    }

    private CompletableFuture<Map<String, String>> readAll() {
        return client.getChildrenAsync(path)
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(List.of())
                        : CompletableFuture.failedFuture(Trouble.cause(failure)))
                .thenCompose(names -> names.isEmpty()
                        ? CompletableFuture.completedFuture(Map.of())
                        : readTogether(List.copyOf(names)));
    }

    /** The names again with the values: if they are not those that were asked for, the state has changed in between. */
    private CompletableFuture<Map<String, String>> readTogether(List<String> names) {
        List<Read> reads = new ArrayList<>();
        reads.add(new Read.OfChildren(path));
        names.forEach(name -> reads.add(new Read.OfData(ZnodePath.child(path, name))));
        return client.lowLevel().readTogether(reads).thenCompose(found -> {
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (found.get(i + 1) instanceof Read.Found.Data data) {
                    values.put(names.get(i), data.znode().utf8());
                } else if (found.get(i + 1) instanceof Read.Found.Nothing nothing
                        && nothing.code() != ErrorCode.NONODE) {
                    return CompletableFuture.failedFuture(new IllegalStateException(
                            "cannot read " + ZnodePath.child(path, names.get(i)) + ": " + nothing.code()));
                }
            }
            boolean isOneState = found.get(0) instanceof Read.Found.Names same
                    && Set.copyOf(same.names()).equals(values.keySet());
            return isOneState ? CompletableFuture.completedFuture(values) : readAll();
        });
    }

    private void apply(Settings next) {
        Settings before = now;
        Optional<String> problem = validation.apply(next);
        if (problem.isPresent()) {
            if (!next.equals(lastRejected)) {
                lastRejected = next;
                listeners.forEach(listener -> listener.rejected(next, problem.get()));
            }
        } else {
            lastRejected = null;
            now = next;
            if (!next.equals(before)) {
                listeners.forEach(listener -> listener.changed(before, next));
            }
        }
        read.complete(null);
    }

    /** What a {@link Config} needs to know before it follows. For one thread. */
    public static final class Builder {
        private final ZabClient client;
        private final String path;
        private final Map<String, String> defaults = new TreeMap<>();
        private Function<Settings, Optional<String>> validation = settings -> Optional.empty();

        private Builder(ZabClient client, String path) {
            this.client = client;
            this.path = path;
        }

        /** What is valid for keys that are not set. */
        public Builder withDefaults(Map<String, String> more) {
            defaults.putAll(more);
            return this;
        }

        /** Called with what was set, on the client's callback thread; returns why it is not good, if it is not. */
        public Builder validatedBy(Function<Settings, Optional<String>> validator) {
            validation = validator;
            return this;
        }

        /**
         * Follows, and waits until the settings are read.
         *
         * @throws io.zabkeeper.client.ZabException if they cannot be
         */
        public Config follow() {
            Config config = new Config(this);
            config.start();
            Waiting.forValue(client, config.read);
            return config;
        }
    }
}
