package io.zabkeeper.server.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Members on loopback with data in a directory of their own, which goes with them. */
public final class TestEnsemble implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration A_STALLED_START = Duration.ofSeconds(20);

    private final Path directory;
    private final List<MemberProcess> members = new ArrayList<>();

    private TestEnsemble(Path directory) {
        this.directory = directory;
    }

    /** Writes the configuration of so many members; starts none. */
    public static TestEnsemble configured(int size, String... moreLines) throws IOException {
        return configured(Program.ZABKEEPER, size, moreLines);
    }

    /**
     * Writes the configuration of so many members that run this program; starts none.
     *
     * @param moreLines lines of {@code zoo.cfg}; one that begins with {@code -} is an option of the virtual machine
     */
    public static TestEnsemble configured(Program program, int size, String... moreLines) throws IOException {
        TestEnsemble ensemble = new TestEnsemble(Files.createTempDirectory("ensemble"));
        List<String> settings =
                Stream.of(moreLines).filter(line -> !line.startsWith("-")).toList();
        List<String> jvmOptions =
                Stream.of(moreLines).filter(line -> line.startsWith("-")).toList();
        List<Integer> ports = FreePorts.some(size * 3);
        for (int i = 0; i < size; i++) {
            Path home = ensemble.directory.resolve(Integer.toString(i + 1));
            Files.createDirectories(home.resolve("data"));
            List<String> lines = new ArrayList<>(List.of(
                    "tickTime=2000",
                    "initLimit=10",
                    "syncLimit=5",
                    "dataDir=" + home.resolve("data"),
                    "clientPort=" + ports.get(i),
                    "4lw.commands.whitelist=*",
                    "maxClientCnxns=0"));
            if (size > 1) {
                Files.writeString(home.resolve("data").resolve("myid"), (i + 1) + "\n");
                for (int j = 0; j < size; j++) {
                    lines.add(
                            "server." + (j + 1) + "=127.0.0.1:" + ports.get(size + j) + ":" + ports.get(2 * size + j));
                }
            }
            lines.removeIf(
                    line -> settings.stream().anyMatch(setting -> key(setting).equals(key(line))));
            lines.addAll(settings);
            MemberProcess member = new MemberProcess(home, ports.get(i), program, jvmOptions);
            Files.write(member.config(), lines);
            ensemble.members.add(member);
        }
        return ensemble;
    }

    private static String key(String line) {
        return line.substring(0, line.indexOf('='));
    }

    /** Configures and starts, and waits until every member serves. */
    public static TestEnsemble started(int size, String... moreLines) throws IOException {
        return started(Program.ZABKEEPER, size, moreLines);
    }

    /** Configures and starts members that run this program, and waits until every one serves. */
    public static TestEnsemble started(Program program, int size, String... moreLines) throws IOException {
        TestEnsemble ensemble = configured(program, size, moreLines);
        try {
            for (MemberProcess member : ensemble.members) {
                member.start();
            }
            return ensemble.awaitServing();
        } catch (AssertionError | IOException failed) {
            ensemble.close();
            throw failed;
        }
    }

    public TestEnsemble awaitServing() {
        for (MemberProcess member : members) {
            if (member.isAlive()) {
                awaitServing(member);
            }
        }
        return this;
    }

    public void awaitServing(MemberProcess member) {
        try {
            if (member.program() == Program.APACHE && !isServingWithin(member, A_STALLED_START)) {
                member.kill();
                member.start();
            }
            Eventually.get("member at " + member.address() + " serves", READY, member::mode);
        } catch (AssertionError | IOException failed) {
            String state = member.isAlive() ? "it runs" : "its process has ended";
            throw new AssertionError(failed.getMessage() + ", " + state + "\n" + tail(member), failed);
        }
    }

    /** ZooKeeper stalls in one of some dozen starts, and never goes on; another try does. */
    private static boolean isServingWithin(MemberProcess member, Duration patience) {
        try {
            Eventually.get("serves", patience, member::mode);
            return true;
        } catch (AssertionError stalled) {
            return false;
        }
    }

    private static String tail(MemberProcess member) {
        try {
            String log = member.log();
            return log.substring(Math.max(0, log.length() - 3_000));
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    public MemberProcess member(int id) {
        return members.get(id - 1);
    }

    public List<MemberProcess> members() {
        return members;
    }

    public MemberProcess leader() {
        return Eventually.get(
                "a leader",
                READY,
                () -> members.stream()
                        .filter(MemberProcess::isAlive)
                        .filter(member -> "leader".equals(member.mode()) || "standalone".equals(member.mode()))
                        .findFirst()
                        .orElse(null));
    }

    public List<MemberProcess> followers() {
        return members.stream()
                .filter(member -> "follower".equals(member.mode()))
                .toList();
    }

    public String connectString() {
        return members.stream().map(MemberProcess::address).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::kill);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
