package io.zabkeeper.wire.fuzz;

/** Something that must survive any bytes. What it refuses in the way that it has promised is no finding. */
public interface Target {
    /** In reports and in the command that replays a finding, such as {@code client-codec.requests}. */
    String name();

    /**
     * Takes one input.
     *
     * @throws Exception anything that must not happen; an {@link Error} is a finding, too
     */
    void accept(byte[] input) throws Exception;

    /** How many inputs belong together: what came before matters as long as {@link #begin} has not been called. */
    default int episode() {
        return 1;
    }

    /** Forgets everything that earlier inputs have left behind. */
    default void begin() throws Exception {}

    /** Looks at what an episode has left behind; throws when something is wrong with it. */
    default void end() throws Exception {}

    /** Bytes that the thread may allocate for this input: a linear function of its size. */
    default long allowance(byte[] input) {
        return Allocation.BASE + Allocation.PER_BYTE * input.length;
    }
}
