/**
 * The contract between a replication protocol and the member that runs it: events in, effects out.
 *
 * <p>Read {@link AtomicBroadcast} first, then {@link Event} and {@link Effect}. The protocols live in packages of their
 * own below this one; {@code driver} performs the effects, the same code in production and in the simulator.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.consensus;
