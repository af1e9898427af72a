package io.zabkeeper.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that it has signed itself, in files of PEM. */
final class PemKeys {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;
    private final String name;
    private final Path certificate;
    private final Path key;

    private PemKeys(KeyStore store, String name, Path directory) {
        this.store = store;
        this.name = name;
        this.certificate = directory.resolve(name + ".crt");
        this.key = directory.resolve(name + ".key");
    }

    /** @param subject for whom, as keytool has it: {@code ip:127.0.0.1} */
    static PemKeys make(Path directory, String name, String subject) throws Exception {
        Path file = directory.resolve(name + ".p12");
        keytool("-genkeypair -alias " + name + " -keyalg EC -validity 2 -dname CN=" + name + " -ext san=" + subject
                + " -storetype PKCS12 -keystore " + file + " -storepass " + String.valueOf(PASSWORD));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        PemKeys keys = new PemKeys(store, name, directory);
        write(keys.certificate, "CERTIFICATE", store.getCertificate(name).getEncoded());
        write(keys.key, "PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
        return keys;
    }

    String certificate() {
        return certificate.toString();
    }

    String key() {
        return key.toString();
    }

    /** Of a server that has these keys and trusts those. */
    SSLContext context(PemKeys trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry(trusted.name, trusted.store.getCertificate(trusted.name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((tool + " " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
