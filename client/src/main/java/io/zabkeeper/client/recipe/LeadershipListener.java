package io.zabkeeper.client.recipe;

/** Acts as the leader, or stops. Called in order, on the client's callback thread, or by the thread that resigns. */
public interface LeadershipListener {
    /**
     * Leads from now on.
     *
     * @param leadership with the fencing token of this term, and for guarded writes
     */
    void elected(Grant leadership);

    /** There is no connection: perhaps somebody else leads. Nothing that a leader may do must be done. */
    default void doubted(String reason) {}

    /** The connection is back, and it has led all the time. */
    default void confirmed() {}

    /** Does not lead any more; another term may follow. */
    void deposed(String reason);

    /** Is no candidate any more: the session is over, or the server refuses. */
    default void ended(String reason) {}
}
