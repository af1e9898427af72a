package io.zabkeeper.server;

import java.time.Instant;

/**
 * The only way in which this process ends by itself: one line that tells why, then at once (D10 of the faults, R-3, R-14).
 *
 * <p>A member that has lost its disk, its loop or its certainty must not go on answering: its peers notice the broken links
 * within milliseconds, the supervisor starts it again.
 */
final class FailStop {
    /** Why a process ended, for supervisors. Listed in the README. */
    enum Cause {
        /** The command line or the configuration file is wrong. */
        USAGE(2),
        /** A port, the data directory or the identity cannot be used. */
        ENVIRONMENT(3),
        /** The log could not be written: nothing after it was acknowledged. */
        DISK(4),
        /** Something that cannot happen has happened. */
        INVARIANT(5);

        private final int exitCode;

        Cause(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private FailStop() {}

    /** Ends the process without running anything more of it. */
    static void halt(Cause cause, String reason) {
        tell(cause, reason);
        Runtime.getRuntime().halt(cause.exitCode());
    }

    static void halt(Cause cause, String reason, Throwable thrown) {
        tell(cause, reason);
        thrown.printStackTrace();
        Runtime.getRuntime().halt(cause.exitCode());
    }

    /** Past the log's queue, which nobody would empty any more. */
    private static void tell(Cause cause, String reason) {
        System.err.println(
                Instant.now() + " ERROR FailStop - member halts cause=" + cause + " reason=\"" + reason + "\"");
        System.err.flush();
    }
}
