/**
 * The client port: cutting the stream into frames, the handshake's deadline, back-pressure, four-letter words.
 *
 * <p>Knows bytes and sockets and nothing of znodes. If TLS comes, it is one more handler in front of
 * {@link io.zabkeeper.server.net.ClientChannel}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.net;
