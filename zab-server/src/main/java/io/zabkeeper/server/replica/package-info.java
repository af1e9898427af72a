/**
 * The member's state and the one thread that owns it: the loop around the consensus driver, requests on their way to be
 * ordered, barriers, who is alive, checkpoints.
 *
 * <p>Read {@link io.zabkeeper.server.replica.Replica} first. If forwarding grows retransmission over a broken link, it
 * leaves {@code Replica} for a class of its own.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.replica;
