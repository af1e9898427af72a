package io.zabkeeper.client.internal;

import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.request.SetWatches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one-shot watches of a session by kind and path, as the server of the present connection knows them.
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

    void fire(WatchEvent event) {
        List<WatchSink> hit = new ArrayList<>();
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

    private Map<String, List<WatchSink>> of(Kind kind) {
        Map<String, List<WatchSink>> byPath = watches.get(kind);
        if (byPath == null) {
            throw new IllegalStateException("no table for " + kind);
        }
        return byPath;
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
        CHILD
    }

    private static final class Batch {
        private final List<String> data = new ArrayList<>();
        private final List<String> exist = new ArrayList<>();
        private final List<String> child = new ArrayList<>();
        private int sizeBytes;

        private void add(Kind kind, String path) {
            sizeBytes += sizeOf(path);
            switch (kind) {
                case DATA -> data.add(path);
                case EXIST -> exist.add(path);
                case CHILD -> child.add(path);
            }
        }

        private SetWatches toRequest(long lastZxid) {
            return new SetWatches(OpCode.SET_WATCHES, lastZxid, data, exist, child, List.of(), List.of());
        }
    }
}
