package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;

/**
 * A number that many add to, each addition exactly once: an {@link AtomicValue} of eight bytes, the most significant one
 * first, as Curator's {@code DistributedAtomicLong} keeps it. Wraps around like a {@code long}.
 */
public final class Counter {
    private final ZabClient client;
    private final String path;
    private final AtomicValue value;

    private Counter(ZabClient client, String path) {
        this.client = client;
        this.path = path;
        this.value = AtomicValue.at(client, path);
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static Counter at(ZabClient client, String path) {
        return new Counter(client, path);
    }

    /**
     * The number as a server knows it, 0 before the first change.
     *
     * @throws IllegalStateException if the znode holds something else
     */
    public long get() {
        return number(value.get());
    }

    /**
     * Adds, and returns the sum.
     *
     * @throws IllegalStateException if the znode holds something else; it is left as it is
     */
    public long add(long difference) {
        return Waiting.forValue(client, addAsync(difference));
    }

    /** As {@link #add}, without waiting. */
    public CompletableFuture<Long> addAsync(long difference) {
        return updateAsync(number -> number + difference);
    }

    /** Makes the next number of the present one; see {@link AtomicValue#update}. */
    public CompletableFuture<Long> updateAsync(LongUnaryOperator change) {
        return value.updateAsync(old -> bytes(change.applyAsLong(number(old)))).thenApply(this::number);
    }

    private long number(Bytes bytes) {
        if (bytes.isEmpty()) {
            return 0;
        }
        if (bytes.length() != Long.BYTES) {
            throw new IllegalStateException(
                    "no counter at " + path + ": it holds " + bytes.length() + " bytes, not " + Long.BYTES);
        }
        return ByteBuffer.wrap(bytes.array()).getLong();
    }

    private static Bytes bytes(long number) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
