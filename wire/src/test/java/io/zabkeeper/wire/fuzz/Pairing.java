package io.zabkeeper.wire.fuzz;

/** A target with the generator whose inputs get deep into it. For one campaign at a time. */
public record Pairing(Target target, Generator generator) {}
