package io.zabkeeper.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every name of the table, in a file and as a system property, meets the verdict that the documents promise. */
class KeyTableTest {
    /** A value that is right where the key wants more than a word; everything else takes any. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("dataDir", "DIR"),
            Map.entry("dataLogDir", "DIR"),
            Map.entry("dynamicConfigFile", "DIR/members"),
            Map.entry("server.*", "localhost:1:2"),
            Map.entry("clientPort", "2182"),
            Map.entry("clientPortAddress", "localhost"),
            Map.entry("peerType", "participant"),
            Map.entry("zab.broadcast", "zab"),
            Map.entry("zab.segmentBytes", "1048576"),
            Map.entry("zab.checkpointLogBytes", "1048576"),
            Map.entry("zab.heartbeatMs", "100"),
            Map.entry("zab.leaderSilenceMs", "1000"),
            Map.entry("zab.ioThreads", "1"),
            Map.entry("maxSessionTimeout", "100000"),
            Map.entry("minSessionTimeout", "100"),
            Map.entry("connectionDropIncrease", "0.1"),
            Map.entry("connectionDropDecrease", "0.1"),
            Map.entry("connectionDecreaseRatio", "0.1"),
            Map.entry("DigestAuthenticationProvider.superDigest", "super:abc="),
            Map.entry("DigestAuthenticationProvider.digestAlg", "SHA-256"),
            Map.entry("enforce.auth.schemes", "digest"),
            Map.entry("authProvider.*", "com.example.Custom"),
            Map.entry("4lw.commands.whitelist", "ruok"),
            Map.entry("admin.serverAddress", "localhost"),
            Map.entry("admin.serverPort", "0"),
            Map.entry("metricsProvider.httpPort", "0"),
            Map.entry("admin.commandURL", "/ops"),
            Map.entry("metricsProvider.className", OperatorKeys.PROMETHEUS),
            Map.entry("metricsProvider.httpHost", "localhost"));

    private static final List<String> FLAGS = List.of(
            "clientTcpKeepAlive",
            "tcpKeepAlive",
            "quorumListenOnAllIPs",
            "requestThrottleDropStale",
            "requestStaleLatencyCheck",
            "requestStaleConnectionCheck",
            "connection_throttle_weight_enabled",
            "extendedTypesEnabled",
            "enforceQuota",
            "DigestAuthenticationProvider.enabled",
            "enforce.auth.enabled",
            "readonlymode.enabled",
            "localSessionsEnabled",
            "localSessionsUpgradingEnabled",
            "audit.enable",
            "admin.enableServer",
            "metricsProvider.exportJvmInfo");

    @TempDir
    static Path dir;

    @Test
    void the_document_has_every_key_with_its_verdict_and_no_other() throws IOException {
        String document = Files.readString(
                Path.of(System.getProperty("zabkeeper.root", ".."), "docs", "compatibility.md"),
                StandardCharsets.UTF_8);
        String section = document.substring(document.indexOf("\n## Configuration\n") + 1);
        List<String> documented = section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        List<String> declared = KeyTable.ALL.stream()
                .sorted(Comparator.comparing(Key::sortedBy))
                .map(Key::row)
                .toList();

        assertThat(documented).containsExactlyElementsOf(declared);
    }

    @Test
    void what_is_declared_as_honoured_is_read_and_nothing_else() throws Exception {
        Path file = file("readers", "clientPort=2181\n");
        Settings settings = ConfigFile.settings(file, Map.of());

        new ConfigFile(settings).config();

        assertThat(settings.asked())
                .isEqualTo(KeyTable.ALL.stream()
                        .filter(key -> key.verdict() == Key.Verdict.HONOURED)
                        .map(Key::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> every_name_meets_its_verdict_in_a_file() {
        return names().filter(name -> !name.isLikeAMember())
                .map(name -> DynamicTest.dynamicTest(name.written, () -> {
                    String line = name.written + "=" + name.value + "\n";
                    name.check(() -> ConfigFile.read(file(name.written, name.rest() + line), Map.of()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_name_meets_its_verdict_as_a_system_property() {
        return names().filter(name -> !name.key.name().matches("server\\.\\*|dynamicConfigFile"))
                .flatMap(name -> name.key.properties().stream()
                        .filter(property -> property.endsWith(name.written) || property.endsWith(".*"))
                        .map(property -> property.replace(".*", ".1"))
                        .map(property -> DynamicTest.dynamicTest(property, () -> {
                            Map<String, String> properties = new TreeMap<>(Map.of(property, name.value));
                            name.check(() -> ConfigFile.read(file(name.written, name.rest()), properties));
                        })));
    }

    private static Stream<Name> names() {
        List<Name> names = new ArrayList<>();
        for (Key key : KeyTable.ALL) {
            for (String name : key.names()) {
                names.add(new Name(key, name.replace(".*", ".1")));
            }
        }
        return names.stream();
    }

    private static Path file(String name, String text) throws IOException {
        Path home = Files.createDirectories(dir.resolve(name.replace('/', '_')));
        Files.writeString(dir.resolve("members"), "server.1=localhost:1:2\n", StandardCharsets.UTF_8);
        Path file = home.resolve("zoo.cfg");
        String all = text.contains("dataDir=") ? text : "dataDir=" + home + "\n" + text;
        Files.writeString(file, all.replace("DIR", home.toString()), StandardCharsets.UTF_8);
        return file;
    }

    /** One name of a key, with a value that asks for what may not be there. */
    private static final class Name {
        private final Key key;
        private final String written;
        private final String value;

        Name(Key key, String written) {
            this.key = key;
            this.written = written;
            this.value = value(key);
        }

        private static String value(Key key) {
            if (key.verdict() != Key.Verdict.HONOURED) {
                return key.harmless().equals("true") ? "false" : key.harmless().equals("yes") ? "no" : "yes";
            }
            return VALUES.getOrDefault(key.name(), FLAGS.contains(key.name()) ? "true" : "70000")
                    .replace("DIR", dir.toString());
        }

        /** In a file everything that begins so is a member. */
        boolean isLikeAMember() {
            return written.startsWith("server.") && key.verdict() != Key.Verdict.HONOURED;
        }

        /** What makes a file right that has this key, or needs it as a property. */
        String rest() {
            String port = written.equals("clientPort") ? "" : "clientPort=2181\n";
            return key.name().equals("enforce.auth.enabled") ? port + "enforce.auth.schemes=digest\n" : port;
        }

        interface Reading {
            ServerConfig read() throws ConfigException, IOException;
        }

        void check(Reading reading) throws IOException {
            List<String> said = new ArrayList<>();
            boolean isRefused = false;
            try {
                said.addAll(reading.read().warnings());
            } catch (ConfigException refusal) {
                isRefused = true;
                said.add(String.valueOf(refusal.getMessage()));
            }
            switch (key.verdict()) {
                case HONOURED ->
                    assertThat(said)
                            .allMatch(warning -> key.name().equals("authProvider.*") && warning.contains("not loaded"));
                case SILENT -> assertThat(said).isEmpty();
                case TOLD -> assertThat(said).singleElement().asString().contains(written, key.reason());
                case REFUSED -> assertThat(said).singleElement().asString().contains(written, key.reason());
            }
            assertThat(isRefused).isEqualTo(key.verdict() == Key.Verdict.REFUSED);
        }
    }
}
