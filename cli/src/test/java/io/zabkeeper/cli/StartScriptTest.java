package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start scripts, with a JDK and a Maven of a few lines that only say how they were called. */
final class StartScriptTest {
    private static final long DEADLINE_SECONDS = 60;

    /** Its blank finds every missing quote. */
    @TempDir
    private Path dir;

    private Path root = Path.of("");
    private Path jdk = Path.of("");

    @BeforeEach
    void makeProject() throws IOException {
        root = dir.resolve("the project");
        Files.createDirectories(root.resolve("bin"));
        Path source = Path.of(System.getProperty("zabkeeper.root"), "bin");
        for (String name : List.of("zab", "zab-server", "common.sh")) {
            Files.copy(source.resolve(name), root.resolve("bin").resolve(name));
            executable(root.resolve("bin").resolve(name));
        }
        jdk = jdk("jdk", "17.0.1");
    }

    @Test
    void lets_the_users_jvm_options_win() throws Exception {
        makeBuilt();

        Result result = run(Map.of("ZAB_JVM_OPTS", "-Xmx2g -Da=b"), "zab-server", "my zoo.cfg")
                .get(0);

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).containsSubsequence("-Xmx1g", "-XX:+UseG1GC", "-Xmx2g", "-Da=b", "-jar");
        assertThat(result.lines()).endsWith("-jar", root + "/zab-server/target/zab-server.jar", "my zoo.cfg");
    }

    /** Where it does not, the JVM would complain on the command's output. */
    @Test
    void asks_for_large_pages_where_the_kernel_gives_them() throws Exception {
        makeBuilt();
        Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        String offered = Files.isReadable(kernel) ? Files.readString(kernel) : "";
        boolean areGiven = offered.contains("[madvise]") || offered.contains("[always]");

        for (String command : List.of("zab", "zab-server")) {
            assertThat(run(Map.of(), command, "x").get(0).lines().contains("-XX:+UseTransparentHugePages"))
                    .as(command)
                    .isEqualTo(areGiven);
        }
    }

    @Test
    void uses_class_data_of_this_jdk_only() throws Exception {
        makeBuilt();
        Path archives = Files.createDirectories(root.resolve("cli/target/cds"));
        Files.createFile(archives.resolve("zab-cli-17.0.1.jsa"));
        Files.createFile(archives.resolve("zab-cli-21.0.2.jsa"));

        assertThat(run(Map.of(), "zab", "ls").get(0).lines())
                .contains("-XX:SharedArchiveFile=" + archives + "/zab-cli-17.0.1.jsa");
        jdk = jdk("other jdk", "22");
        assertThat(run(Map.of(), "zab", "ls").get(0).lines()).noneMatch(line -> line.contains("SharedArchiveFile"));
    }

    @Test
    void passes_over_a_jdk_that_is_too_old() throws Exception {
        makeBuilt();
        Path old = jdk("old jdk", "11.0.2");
        Path path = bin("java");
        Files.createSymbolicLink(path.resolve("java"), jdk.resolve("bin/java"));
        jdk = old;

        Result result = run(Map.of("PATH", path.toString()), "zab", "ls").get(0);

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).startsWith("17.0.1");
    }

    @Test
    void builds_once_for_three_starts() throws Exception {
        Path path = bin("mvn");
        Files.writeString(path.resolve("mvn"), """
                #!/bin/sh
                echo "$*" >>builds
                sleep 1
                mkdir -p zab-server/target/lib cli/target/lib
                touch zab-server/target/zab-server.jar cli/target/zab-cli.jar
                """);
        executable(path.resolve("mvn"));
        Files.createFile(jdk.resolve("bin/javac"));
        executable(jdk.resolve("bin/javac"));

        List<Result> results = run(Map.of("PATH", path.toString()), "zab ls", "zab-server zoo.cfg", "zab ls");

        assertThat(results).allMatch(result -> result.exitCode() == 0);
        assertThat(root.resolve("builds")).content().isEqualTo("-q -B -ntp -DskipTests package\n");
        assertThat(root.resolve("target")).isEmptyDirectory();
    }

    @Test
    void says_what_is_missing_when_it_cannot_build() throws Exception {
        Result result =
                run(Map.of("PATH", bin("nothing").toString()), "zab", "ls").get(0);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.lines()).singleElement().asString().contains("nothing is built", "Maven");
    }

    private record Result(int exitCode, List<String> lines) {}

    /** Starts all commands at once; a single command may be given word by word. */
    private List<Result> run(Map<String, String> variables, String... commands) throws Exception {
        boolean isOne = commands.length == 1 || !commands[0].contains(" ");
        List<Process> processes = new ArrayList<>();
        for (List<String> words : isOne ? List.of(List.of(commands)) : split(commands)) {
            List<String> command = new ArrayList<>(words);
            command.set(0, root.resolve("bin").resolve(words.get(0)).toString());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/bin:/bin");
            builder.environment().putAll(variables);
            builder.environment().put("JAVA_HOME", jdk.toString());
            processes.add(builder.start());
        }
        List<Result> results = new ArrayList<>();
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            results.add(new Result(process.exitValue(), output.lines().toList()));
        }
        return results;
    }

    private static List<List<String>> split(String... commands) {
        List<List<String>> split = new ArrayList<>();
        for (String command : commands) {
            split.add(List.of(command.split(" ", -1)));
        }
        return split;
    }

    private void makeBuilt() throws IOException {
        for (String module : List.of("zab-server/target/zab-server.jar", "cli/target/zab-cli.jar")) {
            Files.createDirectories(root.resolve(module).resolveSibling("lib"));
            Files.createFile(root.resolve(module));
        }
    }

    /** A JDK whose JVM prints its version and its arguments. */
    private Path jdk(String name, String version) throws IOException {
        Path home = dir.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho " + version + "\nprintf '%s\\n' \"$@\"\n");
        executable(home.resolve("bin/java"));
        return home;
    }

    /** A directory with what the scripts may call, and room for one more. */
    private Path bin(String name) throws IOException {
        Path bin = Files.createDirectories(dir.resolve("bin for " + name));
        for (String tool : List.of("sh", "readlink", "dirname", "mkdir", "cat", "sleep", "rm", "mv", "sed", "touch")) {
            Path found = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), found);
        }
        return bin;
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
