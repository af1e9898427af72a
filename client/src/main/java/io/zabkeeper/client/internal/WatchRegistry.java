package io.zabkeeper.client.internal;

import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.ZnodePath;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetWatches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The watches of a session by kind and path, as the server of the present connection knows them.
 *
 * <p>A server forgets them with the connection; {@link #rearm} says what the next one must hear.
 */
final class WatchRegistry {
    /** Paths of one setWatches; frames above 1 MiB are refused by servers, and this is far below. */
    private static final int BATCH_BYTES = 128 * 1024;

    private final Callbacks callbacks;
    private final Map<Kind, Map<String, List<WatchSink>>> watches = new EnumMap<>(Kind.class);

    WatchRegistry(Callbacks callbacks) {
        this.callbacks = callbacks;
        for (Kind kind : Kind.values()) {
            watches.put(kind, new LinkedHashMap<>());
        }
    }

    void add(Kind kind, WatchSink sink) {
        if (sink.isWanted()) {
            of(kind).computeIfAbsent(sink.path(), unused -> new ArrayList<>(1)).add(sink);
        }
    }

    /** The server keeps its side; the event will find nobody. */
    void remove(WatchSink sink) {
        for (Map<String, List<WatchSink>> byPath : watches.values()) {
            List<WatchSink> sinks = byPath.get(sink.path());
            if (sinks != null && sinks.remove(sink) && sinks.isEmpty()) {
                byPath.remove(sink.path());
            }
        }
    }

    /** Whether nobody waits for such events on its path any more. */
    boolean removePersistent(WatcherType type, WatchSink sink) {
        Kind kind = type == WatcherType.PERSISTENT ? Kind.PERSISTENT : Kind.PERSISTENT_RECURSIVE;
        List<WatchSink> sinks = of(kind).get(sink.path());
        if (sinks == null || !sinks.remove(sink)) {
            return false;
        }
        if (sinks.isEmpty()) {
            of(kind).remove(sink.path());
        }
        return sinks.isEmpty();
    }

    void fire(WatchEvent event) {
        List<WatchSink> hit = new ArrayList<>();
        hear(event, hit);
        switch (event.type()) {
            case NODE_CREATED, NODE_DATA_CHANGED -> {
                take(Kind.DATA, event.path(), hit);
                take(Kind.EXIST, event.path(), hit);
            }
            case NODE_DELETED -> {
                take(Kind.DATA, event.path(), hit);
                take(Kind.EXIST, event.path(), hit);
                take(Kind.CHILD, event.path(), hit);
            }
            case NODE_CHILDREN_CHANGED -> take(Kind.CHILD, event.path(), hit);
            case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> {
                // Servers do not send these.
            }
        }
        for (WatchSink sink : hit) {
            callbacks.run(() -> sink.onEvent(event));
        }
    }

    void sessionLost(String reason) {
        List<WatchSink> all = new ArrayList<>();
        for (Map<String, List<WatchSink>> byPath : watches.values()) {
            byPath.values().forEach(all::addAll);
            byPath.clear();
        }
        all.forEach(sink -> callbacks.run(() -> sink.onLost(reason)));
    }

    /** What a new server must hear, in frames that it will take; empty if there are no watches. */
    List<SetWatches> rearm(long lastZxid) {
        List<SetWatches> batches = new ArrayList<>();
        Batch batch = new Batch();
        for (Kind kind : Kind.values()) {
            for (String path : of(kind).keySet()) {
                if (batch.sizeBytes > 0 && batch.sizeBytes + sizeOf(path) > BATCH_BYTES) {
                    batches.add(batch.toRequest(lastZxid));
                    batch = new Batch();
                }
                batch.add(kind, path);
            }
        }
        if (batch.sizeBytes > 0) {
            batches.add(batch.toRequest(lastZxid));
        }
        return batches;
    }

    /** Servers tell a reconnected client what one-shot watches have missed, but not those that stay. */
    void tellGap() {
        for (Kind kind : List.of(Kind.PERSISTENT, Kind.PERSISTENT_RECURSIVE)) {
            for (List<WatchSink> sinks : of(kind).values()) {
                sinks.forEach(sink -> callbacks.run(sink::onGap));
            }
        }
    }

    private Map<String, List<WatchSink>> of(Kind kind) {
        Map<String, List<WatchSink>> byPath = watches.get(kind);
        if (byPath == null) {
            throw new IllegalStateException("no table for " + kind);
        }
        return byPath;
    }

    /** Those that stay. */
    private void hear(WatchEvent event, List<WatchSink> hit) {
        hit.addAll(of(Kind.PERSISTENT).getOrDefault(event.path(), List.of()));
        Map<String, List<WatchSink>> recursive = of(Kind.PERSISTENT_RECURSIVE);
        if (recursive.isEmpty() || event.type() == EventType.NODE_CHILDREN_CHANGED) {
            return;
        }
        String above = event.path();
        hit.addAll(recursive.getOrDefault(above, List.of()));
        while (above.length() > 1) {
            above = ZnodePath.parent(above);
            hit.addAll(recursive.getOrDefault(above, List.of()));
        }
    }

    private void take(Kind kind, String path, List<WatchSink> hit) {
        List<WatchSink> sinks = of(kind).remove(path);
        if (sinks != null) {
            hit.addAll(sinks);
        }
    }

    /** The longest that it can be in UTF-8, with its length in front. */
    private static int sizeOf(String path) {
        return Integer.BYTES + 3 * path.length();
    }

    /** What a watch waits for. */
    enum Kind {
        /** A change of a znode that was there. */
        DATA,
        /** The creation of one that was not. */
        EXIST,
        CHILD,
        /** Every change of a znode and of its children, until it is removed. */
        PERSISTENT,
        /** Every change of a znode and of all below, until it is removed. */
        PERSISTENT_RECURSIVE;

        /** Of a request that was done. */
        static Kind of(Request request) {
            if (request instanceof AddWatch added) {
                return added.mode() == AddWatchMode.PERSISTENT ? PERSISTENT : PERSISTENT_RECURSIVE;
            }
            return request instanceof GetChildren ? CHILD : DATA;
        }
    }

    private static final class Batch {
        private final List<String> data = new ArrayList<>();
        private final List<String> exist = new ArrayList<>();
        private final List<String> child = new ArrayList<>();
        private final List<String> persistent = new ArrayList<>();
        private final List<String> persistentRecursive = new ArrayList<>();
        private int sizeBytes;

        private void add(Kind kind, String path) {
            sizeBytes += sizeOf(path);
            switch (kind) {
                case DATA -> data.add(path);
                case EXIST -> exist.add(path);
                case CHILD -> child.add(path);
                case PERSISTENT -> persistent.add(path);
                case PERSISTENT_RECURSIVE -> persistentRecursive.add(path);
            }
        }

        private SetWatches toRequest(long lastZxid) {
            boolean isOld = persistent.isEmpty() && persistentRecursive.isEmpty();
            OpCode op = isOld ? OpCode.SET_WATCHES : OpCode.SET_WATCHES2;
            return new SetWatches(op, lastZxid, data, exist, child, persistent, persistentRecursive);
        }
    }
}
