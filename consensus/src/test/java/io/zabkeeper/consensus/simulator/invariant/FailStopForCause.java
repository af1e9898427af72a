package io.zabkeeper.consensus.simulator.invariant;

/**
 * Fail-stop for cause.
 *
 * <p>A member halts only when its disk failed. A core that finds itself in an impossible state stops, which is right
 * in production; here it means that the impossible has happened. Source: rules.
 */
final class FailStopForCause implements Property {
    @Override
    public void halted(Replica replica, String reason, boolean diskFailed) {
        if (!diskFailed) {
            throw new PropertyViolation("FailStopForCause", replica.id() + " halted: " + reason);
        }
    }
}
