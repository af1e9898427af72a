package io.zabkeeper.server.request;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.reply.ConnectReply;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * Names for new sessions: unique in the ensemble without asking anybody, and never used again. The member's id is the top
 * byte, the next five are the milliseconds of its incarnation. An incarnation is the seconds of the wall clock at the start
 * of the member or, when the clock has gone back, one more than the incarnation before: two lives never begin at the same
 * name, and a life has room for 65 million names before the next possible one.
 */
final class SessionIds {
    private final SecureRandom random = new SecureRandom();
    private long next;

    SessionIds(NodeId self, long incarnation) {
        // 40 bits of time above 16 bits that count, below the byte that names the member.
        long millis = TimeUnit.SECONDS.toMillis(incarnation);
        this.next = (millis << 24 >>> 8) | ((long) self.value() << 56);
    }

    long next() {
        return ++next;
    }

    /** The newest name that was given out, or the one before the first. */
    long last() {
        return next;
    }

    /** Whoever knows it may take the session over. */
    Bytes password() {
        byte[] password = new byte[ConnectReply.PASSWORD_SIZE];
        random.nextBytes(password);
        return Bytes.of(password);
    }
}
