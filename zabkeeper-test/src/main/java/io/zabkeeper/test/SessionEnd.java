package io.zabkeeper.test;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.SessionTicket;
import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a session from outside, as an expiry does: a second client attaches to it and closes it. The first one may take it
 * back in between, so this goes on until the ensemble says that there is no such session.
 */
final class SessionEnd {
    private final String hosts;
    private final SessionTicket ticket;
    private final AtomicReference<String> reason = new AtomicReference<>("");

    /** @param hosts past the relays */
    SessionEnd(String hosts, SessionTicket ticket) {
        this.hosts = hosts;
        this.ticket = ticket;
    }

    void enforce() {
        long began = System.nanoTime();
        if (!attachedAndClosed()) {
            throw new IllegalStateException(name() + " cannot be ended: it is over already, or the password is not its"
                    + " own; the ensemble says: " + reason);
        }
        while (attachedAndClosed()) {
            if (System.nanoTime() - began > Await.LIMIT.toNanos()) {
                throw new TestEnsembleException(
                        "waited " + Await.LIMIT.toMillis() + " ms until " + name() + " is over; it is still there");
            }
        }
    }

    private boolean attachedAndClosed() {
        try (ZabClient second = ZabClient.builder()
                .hosts(hosts)
                .session(ticket)
                .operationTimeout(Duration.ofSeconds(5))
                .listener((state, why) -> reason.set(why))
                .start()) {
            Await.until(
                    name() + " is attached to, to be ended",
                    () -> second.state() != ConnectionState.SUSPENDED,
                    () -> "the ensemble says: " + reason);
            return second.state() == ConnectionState.CONNECTED;
        }
    }

    private String name() {
        return "session 0x" + Long.toHexString(ticket.sessionId());
    }
}
