package io.zabkeeper.cli.command;

import java.time.Duration;

/**
 * Whom a session is with, and how.
 *
 * @param timeout how long to try, and later how long to wait for each answer
 * @param takesReadOnly whether a server will do that is cut off from its quorum and only reads
 */
public record Target(String servers, Duration timeout, boolean takesReadOnly) {}
