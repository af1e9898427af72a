package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Tls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session is with, and how.
 *
 * @param timeout how long to try, and later how long to wait for each answer
 * @param takesReadOnly whether a server will do that is cut off from its quorum and only reads
 * @param tls how to speak TLS; null for plain TCP
 */
public record Target(
        String servers,
        Duration timeout,
        boolean takesReadOnly,
        @Nullable Tls tls) {}
