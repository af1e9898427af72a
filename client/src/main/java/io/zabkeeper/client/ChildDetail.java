package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A child as a list shows it.
 *
 * @param stat null unless it was asked for
 * @param data null unless it was asked for; a child without data shows as one with none of it
 */
public record ChildDetail(
        String name, @Nullable Stat stat, @Nullable Bytes data) {}
