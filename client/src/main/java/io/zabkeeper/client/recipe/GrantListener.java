package io.zabkeeper.client.recipe;

/** Learns how a grant stands. */
@FunctionalInterface
public interface GrantListener {
    /**
     * Called once for each change, in order, one call at a time: on the client's callback thread, or by the thread that
     * releases. One that is added when the grant is not held any more is told so at once by the thread that adds it. A change
     * that was overtaken by the next one before it could be told is left out.
     *
     * @param reason for people
     */
    void changed(Grant.Standing standing, String reason);
}
