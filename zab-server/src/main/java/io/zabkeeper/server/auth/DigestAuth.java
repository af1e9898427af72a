package io.zabkeeper.server.auth;

import io.zabkeeper.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The {@code digest} scheme: {@code user:BASE64(hash(user:password))}, SHA-1 unless told (client protocol §7.3). */
public final class DigestAuth {
    private DigestAuth() {}

    /**
     * The id that these credentials prove. Hashed is the whole text, the user ends at its first colon; a text without
     * any colon is a user as well.
     */
    static String idOf(Bytes credentials, String algorithm) {
        String text = credentials.utf8();
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        return user + ':' + Base64.getEncoder().encodeToString(hash(credentials.array(), algorithm));
    }

    /** The id by SHA-1, which is what everybody has who has set nothing. */
    public static String idOf(String userAndPassword) {
        return idOf(Bytes.of(userAndPassword.getBytes(StandardCharsets.UTF_8)), "SHA-1");
    }

    /**
     * Whether an ACL may name this id: exactly two parts around a colon, where empty parts at the end do not count.
     * So {@code :y} is one, and {@code x:} is none.
     */
    static boolean isId(String id) {
        int end = id.length();
        while (end > 0 && id.charAt(end - 1) == ':') {
            end--;
        }
        int colon = id.indexOf(':');
        int second = id.indexOf(':', colon + 1);
        return colon >= 0 && colon < end && (second < 0 || second >= end);
    }

    /** What somebody who may not administer the znode sees of a digest id: the user without his hash (§7.5). */
    public static String masked(String id) {
        return userOf(id) + ":x";
    }

    /** What stands in front of the hash. */
    static String userOf(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    private static byte[] hash(byte[] input, String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the authenticator has checked that there is " + algorithm, e);
        }
    }
}
