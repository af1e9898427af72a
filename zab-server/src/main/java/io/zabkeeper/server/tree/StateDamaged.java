package io.zabkeeper.server.tree;

/** Restored records do not add up to the state that they claim to be. */
public final class StateDamaged extends RuntimeException {
    public StateDamaged(String message) {
        super(message);
    }
}
