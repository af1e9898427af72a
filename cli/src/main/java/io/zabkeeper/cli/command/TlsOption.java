package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to speak TLS. Nothing of TLS is loaded for a command that has none of them. */
final class TlsOption {
    private static final String WANTED = "ZAB_TLS";
    private static final String AUTHORITIES = "ZAB_TLS_CA";
    private static final String CERTIFICATE = "ZAB_TLS_CERT";
    private static final String KEY = "ZAB_TLS_KEY";

    @Option(
            names = "--tls",
            description = "Speak TLS, and trust whom the JVM trusts ($$ZAB_TLS=true). The options below imply it.")
    private boolean isWanted;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Trust servers whose certificate is of one of these authorities, PEM ($$ZAB_TLS_CA).")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Who we are: our certificate and those that lead to an authority, PEM ($$ZAB_TLS_CERT).")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's key, PEM of PKCS #8 without a password ($$ZAB_TLS_KEY).")
    private @Nullable Path key;

    /** How to speak TLS; null for not at all. */
    @Nullable
    Tls files(Environment environment) {
        Path trusted = certificates("--tls-ca", file(authorities, environment, AUTHORITIES));
        Path own = certificates("--tls-cert", file(certificate, environment, CERTIFICATE));
        Path secret = key("--tls-key", file(key, environment, KEY));
        if ((own == null) != (secret == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--tls-cert and --tls-key belong together: one without the other says nothing");
        }
        return trusted == null && own == null && !isWanted(environment) ? null : new Tls(trusted, own, secret);
    }

    /** The same as variables that say it to another command. */
    static Map<String, String> variables(@Nullable Tls tls) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(WANTED, tls == null ? "" : "true");
        variables.put(AUTHORITIES, tls == null ? "" : text(tls.authorities()));
        variables.put(CERTIFICATE, tls == null ? "" : text(tls.certificate()));
        variables.put(KEY, tls == null ? "" : text(tls.key()));
        return variables;
    }

    private static String text(@Nullable Path file) {
        return file == null ? "" : file.toString();
    }

    private boolean isWanted(Environment environment) {
        String variable = environment.variable(WANTED).orElse("false");
        if (!variable.equals("true") && !variable.equals("false")) {
            throw new CommandFailure(ExitCode.USAGE, WANTED + " is true or false, not " + variable);
        }
        return isWanted || variable.equals("true");
    }

    private static @Nullable Path file(@Nullable Path given, Environment environment, String variable) {
        Optional<Path> file = Optional.ofNullable(given)
                .or(() -> environment.variable(variable).map(Path::of));
        return file.map(environment.workingDir()::resolve).orElse(null);
    }

    private static @Nullable Path certificates(String option, @Nullable Path file) {
        if (file != null && !content(option, file).contains("-----BEGIN CERTIFICATE-----")) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + file + " holds no certificate in PEM");
        }
        return file;
    }

    private static @Nullable Path key(String option, @Nullable Path file) {
        if (file == null) {
            return null;
        }
        String content = content(option, file);
        String remedy = "; this makes one that will do: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW_FILE";
        if (content.contains("ENCRYPTED")) {
            throw new CommandFailure(ExitCode.USAGE, option + ": the key in " + file + " has a password" + remedy);
        }
        if (content.contains("-----BEGIN RSA PRIVATE KEY-----") || content.contains("-----BEGIN EC PRIVATE KEY-----")) {
            throw new CommandFailure(ExitCode.USAGE, option + ": the key in " + file + " is not in PKCS #8" + remedy);
        }
        if (!content.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + file + " holds no key in PEM");
        }
        return file;
    }

    private static String content(String option, Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot read " : "there is no file ";
            throw new CommandFailure(ExitCode.USAGE, option + ": " + why + file);
        }
    }
}
