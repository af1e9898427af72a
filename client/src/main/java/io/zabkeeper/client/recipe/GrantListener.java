package io.zabkeeper.client.recipe;

/** Learns how a grant stands. */
@FunctionalInterface
public interface GrantListener {
    /**
     * Called for each change, in order, on the client's callback thread, or by the thread that releases. One that is added when the grant is not held any
     * more is told so at once by the thread that adds it, and may then hear the same again.
     *
     * @param reason for people
     */
    void changed(Grant.Standing standing, String reason);
}
