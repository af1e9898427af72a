package io.zabkeeper.client.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs of the README are those of this package, word for word, and they run. */
final class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("zabkeeper.root", ".."));
    private static final Path SOURCES = ROOT.resolve("client/src/test/java/io/zabkeeper/client/example");
    private static final int LIMIT_SECONDS = 60;

    private static TestEnsemble server;

    @BeforeAll
    static void start() throws IOException {
        server = TestEnsemble.started(1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_lock_program_writes_while_it_holds_the_lock() throws IOException, InterruptedException {
        assertThat(run("LockProgram")).contains("the lock is ours, token ");
    }

    @Test
    void the_election_program_leads() throws IOException, InterruptedException {
        assertThat(run("ElectionProgram")).contains("leads, term ").contains("leads no longer: released");
    }

    @Test
    void the_config_program_reads_what_is_valid() throws IOException, InterruptedException {
        assertThat(run("ConfigProgram")).contains("pool of 8\n"); // It sets 16.
        assertThat(run("ConfigProgram")).contains("pool of 16\n");
    }

    private static String run(String program) throws IOException, InterruptedException {
        String source = Files.readString(SOURCES.resolve(program + ".java"));
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(source.substring(source.indexOf("public final class")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.zabkeeper.client.example." + program,
                        server.connectString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }
}
