package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;

/** What attaches a client to a session. Whoever holds it can act as the session; the password is not printed. */
public record SessionTicket(long sessionId, Bytes password) {}
