package io.zabkeeper.cli.ensemble;

/** What to do next about a connection that did not come about, by what is known of it. */
public final class ConnectAdvice {
    private ConnectAdvice() {}

    /**
     * A sentence to stand behind the reason, which may be the JVM's, Netty's or ours; empty if there is nothing to say.
     *
     * @param isTls whether TLS was tried
     */
    public static String of(String reason, boolean isTls) {
        return isTls ? overTls(reason) : plainly(reason);
    }

    private static String overTls(String reason) {
        if (reason.contains("certification path") || reason.contains("PKIX") || reason.contains("trustAnchors")) {
            return "\nThe server's certificate is of nobody who is trusted: --tls-ca FILE names the authorities that"
                    + " are.";
        }
        if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
            return "\nThe server's certificate is for another name: call the server in --servers by the name in it.";
        }
        if (reason.contains("Received fatal alert")) {
            return "\nThe server refuses TLS with this client: it may want to know who that is, --tls-cert FILE"
                    + " --tls-key FILE.";
        }
        if (reason.contains("not an SSL/TLS record") || reason.contains("unrecognized SSL message")) {
            return "\nThis port does not speak TLS: name the one that does, or leave the options for TLS out.";
        }
        return isHungUp(reason)
                ? "\nPerhaps this port does not speak TLS, or the server wants to know who this client is:"
                        + " --tls-cert FILE --tls-key FILE."
                : "";
    }

    private static boolean isHungUp(String reason) {
        return reason.contains("closed the connection")
                || reason.contains("terminated the handshake")
                || reason.contains("Connection reset");
    }

    private static String plainly(String reason) {
        if (reason.contains("frame length")) {
            return "\nWhat answers does not speak ZooKeeper's protocol; perhaps it wants TLS, --tls-ca FILE.";
        }
        if (isHungUp(reason)) {
            return "\nA server does that without a quorum: 'zab status' tells, and --read-only reads what such a server"
                    + " knows. So does one whose port is for TLS: --tls-ca FILE.";
        }
        return "";
    }
}
