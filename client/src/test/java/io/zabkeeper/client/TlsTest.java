package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** TLS between the client and what stands in front of a server. Attempts that fail take their time, and do so together. */
final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** For attempts that fail: long enough for one, then for no more. */
    private static final Duration ATTEMPTS = Duration.ofSeconds(4);

    @TempDir
    private static Path dir;

    private static OwnServer server;
    private static KeyStore serverKeys;
    private static KeyStore clientKeys;
    private static KeyStore foreignKeys;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start(dir);
        serverKeys = keys("server", "ip:127.0.0.1");
        clientKeys = keys("client", "dns:client.example");
        foreignKeys = keys("foreign", "dns:elsewhere.example");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void carries_a_session() throws Exception {
        try (TlsFront front = TlsFront.to(server.hosts(), context(serverKeys), false);
                ZabClient client = connect(front, TlsOptions.trusting(certificate("server")))) {
            client.create("/secret", Bytes.ofUtf8("x".repeat(100_000)));

            assertThat(client.getData("/secret").stat().dataLength()).isEqualTo(100_000);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ends_at_a_server_whose_authority_is_not_trusted() throws Exception {
        try (TlsFront front = TlsFront.to(server.hosts(), context(serverKeys), false)) {
            assertThatThrownBy(() -> fail(front, TlsOptions.trusting(certificate("foreign"))))
                    .isInstanceOf(SessionLostException.class)
                    .hasMessageContaining("certification path");
            assertThatThrownBy(() -> fail(front, TlsOptions.trustingAsTheJvmDoes()))
                    .isInstanceOf(SessionLostException.class)
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ends_at_a_server_whose_certificate_is_for_another_name() throws Exception {
        TlsOptions options = TlsOptions.trusting(certificate("foreign"));
        try (TlsFront front = TlsFront.to(server.hosts(), context(foreignKeys), false)) {
            assertThatThrownBy(() -> fail(front, options))
                    .isInstanceOf(SessionLostException.class)
                    .hasMessageContaining("127.0.0.1");
            try (ZabClient careless = connect(front, options.withoutNameCheck())) {
                assertThat(careless.exists("/")).isPresent();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void says_who_the_client_is() throws Exception {
        TlsOptions anonymous = TlsOptions.trusting(certificate("server"));
        try (TlsFront front = TlsFront.to(server.hosts(), context(serverKeys), true)) {
            assertThatThrownBy(() -> fail(front, anonymous)).isInstanceOf(SessionLostException.class);
            try (ZabClient known = connect(front, anonymous.identifiedBy(certificate("client"), key("client")))) {
                assertThat(known.exists("/")).isPresent();
            }
        }
    }

    @Test
    void needs_files_that_it_can_use() throws IOException {
        Path nonsense = Files.writeString(dir.resolve("nonsense.pem"), "nonsense");

        assertThatThrownBy(() -> ZabClient.builder()
                        .tls(TlsOptions.trusting(dir.resolve("none.pem")))
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem");
        assertThatThrownBy(() ->
                        ZabClient.builder().tls(TlsOptions.trusting(nonsense)).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense.pem");
    }

    private static ZabClient connect(TlsFront front, TlsOptions options) {
        return ZabClient.builder().hosts(front.hosts()).tls(options).connect();
    }

    private static void fail(TlsFront front, TlsOptions options) {
        ZabClient unexpected = ZabClient.builder()
                .hosts(front.hosts())
                .connectTimeout(ATTEMPTS)
                .tls(options)
                .connect();
        unexpected.close();
    }

    /** A key with a certificate that it has signed itself, in a key store and as two PEM files. */
    private static KeyStore keys(String name, String subject) throws Exception {
        Path store = dir.resolve(name + ".p12");
        keytool("-genkeypair -alias " + name + " -keyalg EC -validity 2 -dname CN=" + name + " -ext san=" + subject
                + " -storetype PKCS12 -keystore " + store + " -storepass " + String.valueOf(PASSWORD));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        writePem(certificate(name), "CERTIFICATE", keys.getCertificate(name).getEncoded());
        writePem(key(name), "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
        return keys;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((tool + " " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void writePem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private static Path certificate(String name) {
        return dir.resolve(name + ".crt");
    }

    private static Path key(String name) {
        return dir.resolve(name + ".key");
    }

    /** Of a front that trusts the client. */
    private static SSLContext context(KeyStore own) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("client", clientKeys.getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
