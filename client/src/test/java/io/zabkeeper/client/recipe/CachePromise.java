package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Each cache of a subtree learns in the end what its client has written, and never goes back. */
final class CachePromise implements Promise {
    private static final String PATH = "/cached";

    private final Map<ZabClient, TreeCache> caches = new ConcurrentHashMap<>();
    private final Collection<String> faults = new ConcurrentLinkedQueue<>();

    @Override
    public void use(int who, ZabClient client) {
        String own = PATH + "/" + who;
        TreeCache cache = caches.computeIfAbsent(client, this::follow);
        try {
            awaitIn(cache, own, write(client, own), client);
        } catch (OutcomeUnknownException e) {
            // What the cache learns of it is as good as what the client knows.
        } catch (RefusedException refused) {
            if (refused.code() != ErrorCode.CONNECTION_LOSS && refused.code() != ErrorCode.OPERATION_TIMEOUT) {
                throw refused;
            }
        }
        LockSupport.parkNanos(Promises.PAUSE_NANOS);
    }

    private TreeCache follow(ZabClient client) {
        return TreeCache.follow(client, PATH, TreeCache.Depth.SUBTREE, new Forward());
    }

    /** Returns the zxid of the write. */
    private static long write(ZabClient client, String path) {
        if (client.exists(path).isPresent()) {
            return client.setData(path, Bytes.EMPTY, ZabClient.ANY_VERSION).mzxid();
        }
        if (client.exists(PATH).isEmpty()) {
            createUnlessOthersDid(client, PATH);
        }
        createUnlessOthersDid(client, path);
        return client.exists(path).orElseThrow().czxid();
    }

    private static void createUnlessOthersDid(ZabClient client, String path) {
        try {
            client.create(path, Bytes.EMPTY);
        } catch (RefusedException refused) {
            if (refused.code() != ErrorCode.NODEEXISTS) {
                throw refused;
            }
        }
    }

    private void awaitIn(TreeCache cache, String path, long zxid, ZabClient client) {
        long end = System.nanoTime() + Promises.AT_LAST.toNanos();
        while (cache.get(path).map(znode -> znode.stat().mzxid()).orElse(-1L) < zxid
                && client.state() != ConnectionState.LOST) {
            if (System.nanoTime() - end > 0) {
                faults.add("a cache has not learnt of 0x" + Long.toHexString(zxid) + " at " + path);
                return;
            }
            LockSupport.parkNanos(Promises.HELD_NANOS);
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return List.copyOf(faults);
    }

    /** What one cache tells, which is told in order. */
    private final class Forward implements CacheListener {
        private final Map<String, Long> newest = new ConcurrentHashMap<>();

        @Override
        public void created(String path, Znode znode) {
            note(path, znode);
        }

        @Override
        public void changed(String path, Znode before, Znode now) {
            note(path, now);
        }

        @Override
        public void deleted(String path, Znode before) {
            faults.add(path + " was told to be gone, and nobody has deleted it");
        }

        private void note(String path, Znode znode) {
            long zxid = znode.stat().mzxid();
            @Nullable Long before = newest.put(path, zxid);
            if (before != null && before > zxid) {
                faults.add(path + " went back from 0x" + Long.toHexString(before) + " to 0x" + Long.toHexString(zxid));
            }
        }
    }
}
