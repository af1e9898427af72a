package io.zabkeeper.cli.ensemble;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS with servers, in files of PEM.
 *
 * @param authorities who vouches for servers; null for those that the JVM trusts
 * @param certificate who we are; null, as the key is then, for nobody
 */
public record Tls(
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key) {}
