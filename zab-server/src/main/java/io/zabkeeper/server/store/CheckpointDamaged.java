package io.zabkeeper.server.store;

/**
 * The checkpoint cannot be trusted: bytes are wrong, missing or unreadable. The message says where, and what to do. The
 * log decides whether the state can be rebuilt without it.
 */
public final class CheckpointDamaged extends RuntimeException {
    public CheckpointDamaged(String message) {
        super(message);
    }

    public CheckpointDamaged(String message, Throwable cause) {
        super(message, cause);
    }
}
