package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A lock that many readers or one writer hold, in the order in which they came: a reader that comes behind a waiting writer
 * waits for it, so writers do not starve.
 *
 * <p>Contends with Curator's {@code InterProcessReadWriteLock} on one path. Safe for use by many threads.
 */
public final class ReadWriteLock {
    private static final String READ = "__READ__";
    private static final String WRITE = "__WRIT__";

    private final Side read;
    private final Side write;

    private ReadWriteLock(Side read, Side write) {
        this.read = read;
        this.write = write;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static ReadWriteLock at(ZabClient client, String path) {
        Directory.requireGood(path);
        return new ReadWriteLock(
                new Side(client, path, new Line(READ, Set.of(WRITE))),
                new Side(client, path, new Line(WRITE, Set.of(READ, WRITE))));
    }

    /** Held together with other readers. */
    public Side read() {
        return read;
    }

    /** Held alone. */
    public Side write() {
        return write;
    }

    /** One of its two sides. */
    public static final class Side extends Grantor {
        private final Line line;

        private Side(ZabClient client, String path, Line line) {
            super(client, path);
            this.line = line;
        }

        @Override
        public CompletableFuture<Grant> acquireAsync() {
            return Contender.enter(client(), path(), line, Bytes.EMPTY);
        }

        @Override
        public String toString() {
            return line.kind() + " " + path();
        }
    }
}
