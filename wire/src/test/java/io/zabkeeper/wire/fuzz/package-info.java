/**
 * Fuzzing: a {@link io.zabkeeper.wire.fuzz.Generator} makes inputs of a number, a {@link io.zabkeeper.wire.fuzz.Target} must
 * survive them, and a {@link io.zabkeeper.wire.fuzz.Campaign} brings both together and keeps what it finds. Everything
 * follows from one seed.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.wire.fuzz;
