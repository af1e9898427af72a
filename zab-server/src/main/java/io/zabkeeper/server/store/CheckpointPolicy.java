package io.zabkeeper.server.store;

import java.util.concurrent.TimeUnit;

/**
 * When the next checkpoint is due. Large cuts are cheaper for each record, small ones keep the next start short.
 *
 * @param dirtyRecords how many changed records are worth a transaction
 * @param spacingNanos how long to wait for them to become more, at least
 * @param logBytes how much log a start should have to replay at most
 * @param intervalNanos after which any change is worth one
 */
public record CheckpointPolicy(long dirtyRecords, long spacingNanos, long logBytes, long intervalNanos) {
    public static final CheckpointPolicy DEFAULT =
            new CheckpointPolicy(2_000, TimeUnit.SECONDS.toNanos(2), 32L << 20, TimeUnit.SECONDS.toNanos(5));

    public boolean isDue(long dirtyCount, long logBytesSinceLast, long nanosSinceLast) {
        if (logBytesSinceLast >= logBytes) {
            return true;
        }
        return dirtyCount > 0
                && (nanosSinceLast >= intervalNanos || (dirtyCount >= dirtyRecords && nanosSinceLast >= spacingNanos));
    }
}
