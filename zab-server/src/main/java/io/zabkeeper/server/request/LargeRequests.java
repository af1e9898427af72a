package io.zabkeeper.server.request;

import io.zabkeeper.server.config.ServerConfig;

/**
 * Bytes of large requests that are under way, so that few of them cannot fill the memory that many small ones never would
 * (client protocol §11). Belongs to the replica loop.
 */
final class LargeRequests {
    private final int largestSmall;
    private final long most;
    private long underWay;

    LargeRequests(ServerConfig.Limits limits) {
        this.largestSmall = limits.largeRequestBytes() <= 0 ? Integer.MAX_VALUE : limits.largeRequestBytes();
        this.most = limits.largeRequestsBytes();
    }

    boolean isLarge(int bytes) {
        return bytes > largestSmall;
    }

    /** Counts a large request; false when it is one too many. */
    boolean take(int bytes) {
        if (underWay + bytes > most) {
            return false;
        }
        underWay += bytes;
        return true;
    }

    void release(int bytes) {
        underWay -= bytes;
    }

    long underWay() {
        return underWay;
    }
}
