/**
 * The znode tree: a deterministic state machine that executes ordered commands, answers reads and hands out exact cuts.
 *
 * <p>{@link Cut} and {@link StateSink} are how its state leaves and comes back, whatever keeps or carries it in between.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.tree;
