/**
 * Watches: who waits for a change of which path. {@link io.zabkeeper.server.watch.WatchTable} keeps and fires them,
 * {@link io.zabkeeper.server.watch.WatchReplay} puts them back after a reconnect. Local to a member, never replicated.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.watch;
