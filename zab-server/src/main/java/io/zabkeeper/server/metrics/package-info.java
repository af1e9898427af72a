/**
 * What a member counts about itself, and the report that it gives of itself.
 *
 * <p>Numbers on the hot path have one writer, so counting costs a few instructions and no lock:
 * {@link io.zabkeeper.server.metrics.Count} and {@link io.zabkeeper.server.metrics.Summary}. All of them hang in one
 * registry under the names of ZooKeeper's {@code mntr}, without its prefix.
 * {@link io.zabkeeper.server.metrics.MemberReport} is assembled on the loop and read anywhere.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.metrics;
