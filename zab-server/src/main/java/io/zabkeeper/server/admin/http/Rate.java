package io.zabkeeper.server.admin.http;

import java.util.concurrent.TimeUnit;

/** So many events a second, and as many at once after a quiet second. Belongs to one thread. */
final class Rate {
    private final double perNano;
    private final int most;
    private double left;
    private long lastNanos;

    Rate(int perSecond, long nowNanos) {
        this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
        this.most = perSecond;
        this.left = perSecond;
        this.lastNanos = nowNanos;
    }

    boolean allows(long nowNanos) {
        left = Math.min(most, left + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
