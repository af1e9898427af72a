package io.zabkeeper.consensus.simulator.invariant;

/**
 * A property does not hold. Not an {@code Invariant.Violation}: the driver would turn that into an orderly halt of one
 * member, and this is about all of them.
 */
public final class PropertyViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PropertyViolation(String property, String claim) {
        super(property + ": " + claim);
    }
}
