package io.zabkeeper.consensus.simulator;

/** Strikes between two effects of one step and unwinds the driver. Not an error: it is the fault itself. */
final class SimulatedCrash extends RuntimeException {
    private static final long serialVersionUID = 1;

    SimulatedCrash() {
        super("crash between two effects", null, false, false);
    }
}
