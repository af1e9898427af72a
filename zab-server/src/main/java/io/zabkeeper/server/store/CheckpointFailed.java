package io.zabkeeper.server.store;

/** A checkpoint could not be written. The one before it still stands, so the log behind that one must be kept. */
public final class CheckpointFailed extends RuntimeException {
    public CheckpointFailed(String message) {
        super(message);
    }

    public CheckpointFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
