package io.zabkeeper.server.auth;

import io.zabkeeper.wire.AuthId;
import java.util.regex.Pattern;

/**
 * The authentication schemes: which ids an ACL may name, and which of them match (client protocol §7.3); what proves an
 * id is {@link Authenticator}'s. Everything here gives the same answer on every member: no lookup, no clock, no configuration but the arguments.
 */
public final class AuthSchemes {
    public static final String WORLD = "world";
    public static final String AUTH = "auth";
    public static final String DIGEST = "digest";
    public static final String IP = "ip";
    public static final String X509 = "x509";
    public static final String SASL = "sasl";
    public static final String SUPER = "super";

    /** {@code service}, {@code service@REALM} or {@code service/host@REALM}. */
    private static final Pattern KERBEROS_NAME = Pattern.compile("[^@]*|[^/@]*(/[^/@]*)?@[^/@]*");

    private AuthSchemes() {}

    /** The user of a connection's id, without what only he should know; empty where the scheme has no users. */
    public static String userOf(AuthId id) {
        return switch (id.scheme()) {
            case DIGEST -> DigestAuth.userOf(id.id());
            case IP, X509, SASL -> id.id();
            default -> "";
        };
    }

    /** Whether {@code auth} in an ACL stands for ids of this scheme too. */
    static boolean isAuthenticated(String scheme) {
        return scheme.equals(DIGEST) || scheme.equals(X509) || scheme.equals(SASL);
    }

    /** Whether an ACL may name this id. {@code auth} is not among them, it is replaced before. */
    public static boolean isValidInAcl(AuthId id) {
        return switch (id.scheme()) {
            case WORLD -> id.id().equals(AuthId.ANYONE.id());
            case DIGEST -> DigestAuth.isId(id.id());
            case IP -> IpPrefix.parse(id.id()) != null;
            case X509 -> DistinguishedName.isOne(id.id());
            case SASL -> KERBEROS_NAME.matcher(id.id()).matches();
            default -> false;
        };
    }

    /** Whether an ACL's entry is about this id of a connection. */
    static boolean matches(AuthId entry, AuthId id) {
        if (!entry.scheme().equals(id.scheme())) {
            return false;
        }
        return switch (entry.scheme()) {
            case DIGEST -> ConstantTime.equal(entry.id(), id.id());
            case IP -> isWithin(id.id(), entry.id());
            case X509, SASL -> entry.id().equals(id.id());
            default -> false;
        };
    }

    private static boolean isWithin(String address, String prefix) {
        IpPrefix outer = IpPrefix.parse(prefix);
        IpPrefix inner = IpPrefix.parse(address);
        return outer != null && inner != null && outer.contains(inner);
    }
}
