package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.util.concurrent.CompletableFuture;

/**
 * A lock that one at a time holds, in the order in which they came. A release wakes one.
 *
 * <p>Contends with Curator's {@code InterProcessMutex} on one path.
 *
 * <pre>{@code
 * Mutex mutex = Mutex.at(client, "/locks/ledger");
 * try (Grant grant = mutex.acquire()) {
 *     grant.transaction().setData("/ledger", total, version).commit();
 * }
 * }</pre>
 */
public final class Mutex extends Grantor {
    private static final Line LINE = Line.of("lock-");

    private final Bytes label;

    private Mutex(ZabClient client, String path, Bytes label) {
        super(client, path);
        this.label = label;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static Mutex at(ZabClient client, String path) {
        return new Mutex(client, Directory.requireGood(path), Bytes.EMPTY);
    }

    /** The same mutex, whose contenders carry this in their znodes, for people who look there. */
    public Mutex labelled(String label) {
        return new Mutex(client(), path(), Bytes.ofUtf8(label));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync() {
        return Contender.enter(client(), path(), LINE, label);
    }

    @Override
    public String toString() {
        return "mutex " + path();
    }
}
