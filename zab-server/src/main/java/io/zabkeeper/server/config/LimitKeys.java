package io.zabkeeper.server.config;

import io.zabkeeper.server.config.ServerConfig.Handshakes;
import io.zabkeeper.server.config.ServerConfig.Limits;
import io.zabkeeper.server.config.ServerConfig.Throttling;

/**
 * How much clients may ask for (client protocol §11). ZooKeeper documents some of these keys under one name and reads
 * them under another; both count.
 */
final class LimitKeys {
    private static final int ANY = ConfigFile.ANY;
    private static final int MIB = 1 << 20;

    private final Settings settings;

    LimitKeys(Settings settings) {
        this.settings = settings;
    }

    Limits limits() throws ConfigException {
        Setting frame = settings.find("jute.maxbuffer");
        return new Limits(
                settings.number("maxClientCnxns", 60, 0, ANY),
                settings.number("maxCnxns", 0, 0, ANY),
                settings.number("globalOutstandingLimit", 1000, 1, ANY),
                frame == null ? 0xfffff : (int) frame.bytes(1024, 1024 * MIB),
                settings.number("zab.maxReplyBytes", 64 * MIB, 64 * 1024, ANY),
                settings.number("zab.maxUnreadBytes", 64 * MIB, 64 * 1024, ANY),
                settings.number("largeRequestThreshold", -1, -1, ANY),
                settings.number("largeRequestMaxBytes", 100 * MIB, 1, ANY));
    }

    Throttling throttling() throws ConfigException {
        return new Throttling(
                settings.number("requestThrottleLimit", 0, 0, ANY),
                settings.number("requestThrottleStallTime", 100, 1, ANY),
                settings.flag("requestThrottleDropStale", true),
                settings.flag("requestStaleLatencyCheck", false),
                settings.flag("requestStaleConnectionCheck", true),
                settings.number("throttledOpWaitTime", 0, 0, ANY));
    }

    Handshakes handshakes() throws ConfigException {
        return new Handshakes(
                settings.number("connectionMaxTokens", 0, 0, ANY),
                settings.number("connectionTokenFillTime", 1, 1, ANY),
                settings.number("connectionTokenFillCount", 1, 1, ANY),
                settings.number("connectionFreezeTime", -1, -1, ANY),
                settings.share("connectionDropIncrease", 0.02),
                settings.share("connectionDropDecrease", 0.002),
                settings.share("connectionDecreaseRatio", 0),
                settings.flag("connection_throttle_weight_enabled", false),
                settings.number("connection_throttle_global_session_weight", 3, 1, ANY),
                settings.number("connection_throttle_renew_session_weight", 2, 1, ANY),
                settings.number("connection_throttle_local_session_weight", 1, 1, ANY));
    }
}
