package io.zabkeeper.consensus.simulator;

/** A run went wrong. Says what, how to replay it, and what happened last. */
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final long seed;
    private final String claim;

    SimulationFailure(long seed, String claim, String text, Throwable cause) {
        super(text, cause);
        this.seed = seed;
        this.claim = claim;
    }

    long seed() {
        return seed;
    }

    /** What went wrong, in one line. */
    String claim() {
        return claim;
    }
}
