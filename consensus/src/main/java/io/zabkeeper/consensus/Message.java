package io.zabkeeper.consensus;

/** What one core says to another. Each protocol seals a family of its own; the links carry them without looking. */
public interface Message {}
