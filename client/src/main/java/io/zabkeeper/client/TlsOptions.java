package io.zabkeeper.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS with its servers: whom it trusts, and how it says who it is. The servers need a port that speaks
 * TLS; ZooKeeper's is {@code secureClientPort}.
 *
 * <p>The certificate of a server must be for the name by which the connect string calls it. Files are in PEM format and are
 * read when a client starts; one that cannot be read, or is no such file, fails the start.
 *
 * @param authorities certificates of those whose word is taken for who a server is; null for those that the JVM trusts
 * @param identity how the client says who it is; null for not at all
 * @param isNameChecked whether the server's certificate must be for its name. Without, anybody with a certificate of the same
 *     authority can stand in the way unseen
 */
public record TlsOptions(
        @Nullable Path authorities, @Nullable Identity identity, boolean isNameChecked) {
    /**
     * A certificate with its key.
     *
     * @param certificates the client's own first, then those that lead to an authority
     * @param key in PKCS #8, without a password
     */
    public record Identity(Path certificates, Path key) {}

    /** Servers that have a certificate of an authority which the JVM trusts. */
    public static TlsOptions trustingAsTheJvmDoes() {
        return new TlsOptions(null, null, true);
    }

    /** Servers that have a certificate of one of these authorities. */
    public static TlsOptions trusting(Path authorities) {
        return new TlsOptions(authorities, null, true);
    }

    /** The same, and the client says who it is. */
    public TlsOptions identifiedBy(Path certificates, Path key) {
        return new TlsOptions(authorities, new Identity(certificates, key), isNameChecked);
    }

    /** The same, whatever name the server's certificate is for. */
    public TlsOptions withoutNameCheck() {
        return new TlsOptions(authorities, identity, false);
    }

    /** @throws IllegalArgumentException if a file cannot be used */
    SslContext context() {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(isNameChecked ? "HTTPS" : "");
        try {
            if (authorities != null) {
                builder.trustManager(authorities.toFile());
            }
            if (identity != null) {
                builder.keyManager(
                        identity.certificates().toFile(), identity.key().toFile());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS cannot begin with " + this + ": " + e.getMessage(), e);
        }
    }
}
