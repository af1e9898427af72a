package io.zabkeeper.server.session;

import io.zabkeeper.wire.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A session as all members know it.
 *
 * @param timeoutMs as negotiated when the client last connected
 * @param passwordHash never the password itself: a copied checkpoint must not let anybody attach
 * @param owner the member to which the client is connected; a write by way of another one is refused
 * @param attachedZxid where in the history the client connected last: an expiry that was decided on before does not count
 */
public record Session(long id, int timeoutMs, Bytes passwordHash, int owner, long attachedZxid) {
    /** Whatever comes with a connection may change with each, the rest stays. */
    Session attached(int newTimeoutMs, int newOwner, long zxid) {
        return new Session(id, newTimeoutMs, passwordHash, newOwner, zxid);
    }

    /** Takes the same time whatever is wrong. */
    public boolean accepts(Bytes password) {
        return MessageDigest.isEqual(passwordHash.array(), hash(password).array());
    }

    /** What is kept of a password. */
    public static Bytes hash(Bytes password) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(password.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without the hash: it does not belong into logs. */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(id) + " timeoutMs=" + timeoutMs + " owner=" + owner;
    }
}
