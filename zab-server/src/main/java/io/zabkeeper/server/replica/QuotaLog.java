package io.zabkeeper.server.replica;

import io.zabkeeper.server.tree.QuotaExcess;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that quotas are exceeded, not more often than somebody would read it. Belongs to the replica loop. */
final class QuotaLog {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaLog.class);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private boolean isFirst = true;
    private long lastNanos;
    private long count;

    /** Said at once or counted, and said with the next one. */
    void log(QuotaExcess excess, long nowNanos) {
        count++;
        if (!isFirst && nowNanos - lastNanos < PAUSE_NANOS) {
            return;
        }
        LOG.warn(
                "quota exceeded path={} {}={} {}={} refused={} times={}",
                excess.path(),
                excess.what(),
                excess.usage(),
                excess.isHard() ? "hardLimit" : "limit",
                excess.limit(),
                excess.isRefused(),
                count);
        isFirst = false;
        lastNanos = nowNanos;
        count = 0;
    }
}
