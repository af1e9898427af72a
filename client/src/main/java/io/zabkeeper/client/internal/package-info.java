/**
 * One session with an ensemble: connections, queues, watches, time.
 *
 * <pre>
 *   any thread ─▶ SessionLoop.submit ─▶ inbox ─┐            one event loop owns everything below
 *                                              ▼
 *   Connector ──▶ Connection ◀──▶ SessionLoop ─┬▶ PendingRequests   waiting, sent
 *   (HostList, Dialer)                         ├▶ Identities        replayed first after each connect
 *                                              ├▶ WatchRegistry     re-armed behind them
 *                                              ├▶ ReadWriteSearch   while the server has no quorum
 *                                              └▶ Callbacks ─▶ the API's futures and listeners
 * </pre>
 *
 * <p>Knows nothing of the API: paths are the server's, outcomes are {@link io.zabkeeper.client.internal.Outcome}s. Read
 * {@link io.zabkeeper.client.internal.SessionLoop} first. Not for use by applications.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.client.internal;
