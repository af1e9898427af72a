package io.zabkeeper.server.request;

import io.zabkeeper.server.config.ServerConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How often sessions may be opened: a bucket of tokens that fills with time and from which each handshake takes some, and
 * before it a gate that drops handshakes by chance, the more of them the longer the bucket stays empty (BLUE; client
 * protocol §11). A handshake that is refused has its connection closed; the client tries again, or another member.
 *
 * <p>Belongs to the replica loop.
 */
public final class HandshakeThrottle {
    /** What a handshake asks for. */
    enum Kind {
        OPEN,
        OPEN_LOCAL,
        RENEW
    }

    private final ServerConfig.Handshakes settings;
    private final LongSupplier nanos;
    private final DoubleSupplier chance;
    private int tokens;
    private long filledMs;
    private long frozenMs;
    private double dropped;

    /**
     * Begins with a full bucket.
     *
     * @param chance each time a number from 0 to 1, without 1
     */
    public HandshakeThrottle(ServerConfig.Handshakes settings, LongSupplier nanos, DoubleSupplier chance) {
        this.settings = settings;
        this.nanos = nanos;
        this.chance = chance;
        this.tokens = settings.tokens();
        this.filledMs = nowMs();
        this.frozenMs = filledMs;
    }

    /** Takes what the handshake costs; false when it has to be refused. */
    boolean admits(Kind kind) {
        if (settings.tokens() == 0) {
            return true;
        }
        long now = nowMs();
        fill(now);
        if (settings.freezeMs() != -1 && isDropped(now)) {
            return false;
        }
        int cost = cost(kind);
        if (tokens < cost) {
            return false;
        }
        tokens -= cost;
        return true;
    }

    private void fill(long now) {
        long passed = now - filledMs;
        if (passed > settings.fillMs()) {
            double gained = (double) passed * settings.fillCount() / settings.fillMs();
            tokens = (int) Math.min(settings.tokens(), tokens + gained);
            filledMs = now;
        }
    }

    /** The probability changes once in a while only, so that it does not follow every single handshake. */
    private boolean isDropped(long now) {
        if (now - frozenMs > settings.freezeMs()) {
            frozenMs = now;
            int taken = settings.tokens() - tokens;
            if (tokens == 0) {
                dropped = Math.min(1, dropped + settings.dropIncrease());
            } else if (taken <= Math.round(settings.tokens() * settings.decreaseRatio())) {
                dropped = Math.max(0, dropped - settings.dropDecrease());
            }
        }
        return chance.getAsDouble() < dropped;
    }

    private int cost(Kind kind) {
        if (!settings.weighted()) {
            return 1;
        }
        return switch (kind) {
            case OPEN -> settings.openWeight();
            case OPEN_LOCAL -> settings.localWeight();
            case RENEW -> settings.renewWeight();
        };
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }
}
