package io.zabkeeper.cli.ensemble;

/** What to do next about a connection that did not come about, by what is known of it. */
public final class ConnectAdvice {
    private ConnectAdvice() {}

    /** A sentence to stand behind the reason; empty if there is nothing to say. */
    public static String of(String reason) {
        return reason.contains("closed the connection")
                ? "\nA server does that without a quorum: 'zab status' tells, and --read-only reads what such a server"
                        + " knows."
                : "";
    }
}
