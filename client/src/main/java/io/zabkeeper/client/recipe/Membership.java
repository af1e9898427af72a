package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.client.recipe.TreeCache.Depth;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group whose members are there while their sessions live: the instances of a service with their addresses, the workers of
 * a job. Whoever looks need not be a member.
 *
 * <p>A member is an ephemeral znode with a name; what it holds is the member's own, an address for example. When somebody
 * deletes the znode it is made again. A name that another session has is waited for: it may be that of the same process,
 * before it was started anew. Safe for use by many threads.
 */
public final class Membership implements AutoCloseable {
    private final ZabClient client;
    private final @Nullable Presence own;
    private final String path;
    private final TreeCache cache;
    private final List<Consumer<Map<String, Bytes>>> listeners = new CopyOnWriteArrayList<>();

    private Membership(ZabClient client, String path, @Nullable Presence own) {
        this.client = client;
        this.path = path;
        this.own = own;
        this.cache = TreeCache.notStarted(client, path, Depth.CHILDREN, new Following());
    }

    /**
     * Becomes a member, and returns at once.
     *
     * @param path a directory of its own; it is created when it is needed
     * @param name this member's, in the form of a path's last part
     * @param data what the others should know
     * @throws IllegalArgumentException if path or name cannot be part of a path, or if the path is the root
     */
    public static Membership join(ZabClient client, String path, String name, Bytes data) {
        String own = Directory.requireGood(ZnodePath.child(Directory.requireGood(path), name));
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a name has no '/': \"" + name + '"');
        }
        return new Membership(client, path, Presence.keep(client, own, data)).start();
    }

    /** Looks, without being a member. */
    public static Membership observe(ZabClient client, String path) {
        return new Membership(client, Directory.requireGood(path), null).start();
    }

    private Membership start() {
        cache.start();
        return this;
    }

    /** Completes when this member is there for the first time; at once for one that only looks. */
    public CompletableFuture<Void> whenJoined() {
        return own == null ? CompletableFuture.completedFuture(null) : own.established();
    }

    /** Completes when all that were there are known. */
    public CompletableFuture<Void> whenComplete() {
        return cache.whenComplete();
    }

    /** The members by name, and what they hold, as far as is known here. */
    public Map<String, Bytes> members() {
        Map<String, Bytes> members = new TreeMap<>();
        cache.all().forEach((where, znode) -> {
            if (!where.equals(path)) {
                Bytes data = znode.data();
                members.put(ZnodePath.name(where), data == null ? Bytes.EMPTY : data);
            }
        });
        return members;
    }

    /** Whether what is known follows the ensemble; without a connection it grows old. */
    public boolean isCurrent() {
        return cache.isCurrent();
    }

    /** Is told all members after each change, on the client's callback thread. */
    public void addListener(Consumer<Map<String, Bytes>> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<Map<String, Bytes>> listener) {
        listeners.remove(listener);
    }

    /** Leaves the group, and waits as {@link Grant#close} does. */
    @Override
    public void close() {
        cache.close();
        if (own != null) {
            Waiting.upTo(client, own.leave());
        }
    }

    private final class Following implements CacheListener {
        @Override
        public void created(String where, Znode znode) {
            tell(where);
        }

        @Override
        public void changed(String where, Znode before, Znode now) {
            tell(where);
        }

        @Override
        public void deleted(String where, Znode before) {
            tell(where);
        }

        private void tell(String where) {
            if (!where.equals(path)) {
                Map<String, Bytes> now = members();
                listeners.forEach(listener -> listener.accept(now));
            }
        }
    }
}
