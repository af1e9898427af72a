package io.zabkeeper.client;

/** Learns how a client stands with its ensemble. */
@FunctionalInterface
public interface ConnectionListener {
    /**
     * Called once for each change, in order, on the client's callback thread (see
     * {@link ZabClientBuilder#callbacks}), before the outcomes of requests that the change is to blame for.
     *
     * @param reason for people: which server, or why not
     */
    void changed(ConnectionState state, String reason);
}
