package io.zabkeeper.server.request;

/**
 * How much clients may have under way before this member stops reading from them. Nothing is refused: TCP tells the
 * client to wait.
 *
 * @param outstandingPerMember requests of all clients together, {@code globalOutstandingLimit}
 * @param outstandingPerClient requests of one connection, so that one that floods leaves room for the others (O2)
 * @param minSessionTimeoutMs sessions get no less
 * @param maxSessionTimeoutMs and no more
 */
public record Admission(
        int outstandingPerMember, int outstandingPerClient, int minSessionTimeoutMs, int maxSessionTimeoutMs) {
    /** What a client that asks for this timeout gets. */
    int sessionTimeoutMs(int askedMs) {
        return Math.max(minSessionTimeoutMs, Math.min(maxSessionTimeoutMs, askedMs));
    }
}
