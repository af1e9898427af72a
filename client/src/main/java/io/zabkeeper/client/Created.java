package io.zabkeeper.client;

import io.zabkeeper.wire.Stat;

/** A new znode: its path, with the sequence number if there is one, and its stat. */
public record Created(String path, Stat stat) {}
