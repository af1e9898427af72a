/**
 * The Java client: {@link io.zabkeeper.client.ZabClient} is a session with an ensemble.
 *
 * <p>Values of the protocol (stats, ACLs, events, error codes, bytes) are those of {@link io.zabkeeper.wire}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.client;
