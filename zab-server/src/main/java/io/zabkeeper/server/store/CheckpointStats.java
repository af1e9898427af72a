package io.zabkeeper.server.store;

/**
 * What the checkpoint thread has done so far.
 *
 * @param written checkpoints
 * @param failed attempts
 * @param failedInARow attempts since the last success; an alarm when it is not 0
 * @param zxid at which the checkpoint stands
 * @param lastNanos of the last success
 * @param lastRecords of the last success, put or removed
 * @param lastBytes of the last success, without LMDB's own
 * @param totalBytes of all successes
 * @param fileBytes size of the file
 */
public record CheckpointStats(
        long written,
        long failed,
        long failedInARow,
        long zxid,
        long lastNanos,
        long lastRecords,
        long lastBytes,
        long totalBytes,
        long fileBytes) {
    static final CheckpointStats NONE = new CheckpointStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

    CheckpointStats afterSuccess(LmdbCheckpoints.Outcome outcome, long nanos, long size) {
        return new CheckpointStats(
                written + 1,
                failed,
                0,
                outcome.meta().zxid(),
                nanos,
                outcome.records(),
                outcome.bytes(),
                totalBytes + outcome.bytes(),
                size);
    }

    CheckpointStats afterFailure() {
        return new CheckpointStats(
                written, failed + 1, failedInARow + 1, zxid, lastNanos, lastRecords, lastBytes, totalBytes, fileBytes);
    }
}
