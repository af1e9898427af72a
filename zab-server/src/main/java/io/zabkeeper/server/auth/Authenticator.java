package io.zabkeeper.server.auth;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is: what credentials prove, and whether it has proven enough to be served (client protocol §7.3, §7.6).
 *
 * <p>The settings behind it are this member's own; a client that moves on to another member should find the same.
 */
public final class Authenticator {
    private final String algorithm;
    private final boolean acceptsDigests;
    private final @Nullable String superDigest;
    private final List<String> enforced;

    /**
     * An authenticator that never changes.
     *
     * @param algorithm hash of the scheme {@code digest}, as the Java platform names it
     * @param acceptsDigests whether there is a scheme {@code digest}
     * @param superDigest the digest id of the superuser, null when there is none
     * @param enforced schemes of which a client must have proven one; empty when nothing is asked
     * @throws IllegalArgumentException when the platform does not have the algorithm
     */
    public Authenticator(
            String algorithm, boolean acceptsDigests, @Nullable String superDigest, List<String> enforced) {
        try {
            MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("this Java platform does not have " + algorithm, e);
        }
        this.algorithm = algorithm;
        this.acceptsDigests = acceptsDigests;
        this.superDigest = superDigest;
        this.enforced = List.copyOf(enforced);
    }

    /**
     * What these credentials prove, in the order in which the ids are added.
     *
     * @param peerAddress where the connection comes from, as a literal
     * @return empty for a refusal: an unknown scheme, or one whose ids cannot be proven by a message
     */
    public Optional<List<AuthId>> authenticate(String scheme, @Nullable Bytes credentials, String peerAddress) {
        return switch (scheme) {
            case AuthSchemes.DIGEST ->
                credentials == null || !acceptsDigests ? Optional.empty() : Optional.of(digest(credentials));
            case AuthSchemes.IP -> Optional.of(List.of(new AuthId(AuthSchemes.IP, peerAddress)));
            default -> Optional.empty();
        };
    }

    private List<AuthId> digest(Bytes credentials) {
        AuthId id = new AuthId(AuthSchemes.DIGEST, DigestAuth.idOf(credentials, algorithm));
        boolean isSuper = superDigest != null && ConstantTime.equal(superDigest, id.id());
        return isSuper ? List.of(Identity.SUPER, id) : List.of(id);
    }

    /** Whether clients have to prove anything at all. */
    public boolean isEnforcing() {
        return !enforced.isEmpty();
    }

    /** Whether these ids are enough for a client to be served. */
    public boolean isEnough(List<AuthId> identity) {
        if (enforced.isEmpty()) {
            return true;
        }
        for (int i = 0; i < identity.size(); i++) {
            if (enforced.contains(identity.get(i).scheme())) {
                return true;
            }
        }
        return false;
    }
}
