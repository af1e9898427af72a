package io.zabkeeper.server.request;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many connections there may be, in all and from one address (client protocol §11). Belongs to the replica loop. */
public final class ConnectionLimits {
    private final int mostPerHost;
    private final int most;
    private final Map<String, Integer> perHost = new HashMap<>();
    private int present;

    /**
     * Counts from nothing.
     *
     * @param mostPerHost 0 for no bound
     * @param most 0 for no bound
     */
    public ConnectionLimits(int mostPerHost, int most) {
        this.mostPerHost = mostPerHost;
        this.most = most;
    }

    /** Counts one more; or says, as a part of a log line, which limit it would break. */
    @Nullable
    String take(String host) {
        int fromHost = perHost.getOrDefault(host, 0);
        if (most > 0 && present >= most) {
            return "limit=maxCnxns=" + most;
        }
        if (mostPerHost > 0 && fromHost >= mostPerHost) {
            return "limit=maxClientCnxns=" + mostPerHost;
        }
        perHost.put(host, fromHost + 1);
        present++;
        return null;
    }

    /** One that was taken is gone. */
    void release(String host) {
        present--;
        perHost.computeIfPresent(host, (unused, count) -> count > 1 ? count - 1 : null);
    }
}
