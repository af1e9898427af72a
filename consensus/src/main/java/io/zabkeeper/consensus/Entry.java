package io.zabkeeper.consensus;

/**
 * An ordered request at its place in the history.
 *
 * @param zxid its position
 * @param previous the position of the entry before it, {@link Zxid#NONE} for the first (Z-18)
 * @param stampMillis the leader's time for it; never less than that of the entry before it in the same epoch
 */
public record Entry(long zxid, long previous, long stampMillis, ProposalId id, Payload payload) {
    /** The objects around a payload, as a 64-bit JVM lays them out. */
    private static final int OVERHEAD = 112;

    /** Bytes that this entry costs in memory, roughly; for windows and budgets. */
    public int weight() {
        return payload.size() + OVERHEAD;
    }

    @Override
    public String toString() {
        return Zxid.toString(zxid) + "<-" + Zxid.toString(previous);
    }
}
