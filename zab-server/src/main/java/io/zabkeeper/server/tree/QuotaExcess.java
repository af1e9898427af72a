package io.zabkeeper.server.tree;

/**
 * A write that has gone, or wanted to go, beyond a limit.
 *
 * @param path where the limit is set, not where the write went
 * @param what {@code count} or {@code bytes}
 * @param usage what it would be with this write
 * @param isHard whether the limit is one that can be enforced
 * @param isRefused whether it was
 */
public record QuotaExcess(String path, String what, long usage, long limit, boolean isHard, boolean isRefused) {}
