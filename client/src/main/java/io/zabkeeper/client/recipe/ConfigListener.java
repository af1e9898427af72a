package io.zabkeeper.client.recipe;

/** Learns what becomes of a {@link Config}. Called on the client's callback thread, in order. */
@FunctionalInterface
public interface ConfigListener {
    /** These are valid from now on. */
    void changed(Settings before, Settings now);

    /** What was set does not pass the validation: the settings before it go on to be valid. */
    default void rejected(Settings set, String reason) {}
}
