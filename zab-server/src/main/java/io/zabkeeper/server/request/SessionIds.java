package io.zabkeeper.server.request;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.reply.ConnectReply;
import java.security.SecureRandom;

/**
 * Names for new sessions: unique in the ensemble without asking anybody, because the member's id is the top byte and the
 * time of its start the next five, and never used again.
 */
final class SessionIds {
    private final SecureRandom random = new SecureRandom();
    private long next;

    SessionIds(NodeId self, long startMillis) {
        // 40 bits of time above 16 bits that count, below the byte that names the member.
        this.next = (startMillis << 24 >>> 8) | ((long) self.value() << 56);
    }

    long next() {
        return ++next;
    }

    /** Whoever knows it may take the session over. */
    Bytes password() {
        byte[] password = new byte[ConnectReply.PASSWORD_SIZE];
        random.nextBytes(password);
        return Bytes.of(password);
    }
}
