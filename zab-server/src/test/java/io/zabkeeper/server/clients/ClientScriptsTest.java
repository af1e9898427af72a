package io.zabkeeper.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.BothSubjects;
import io.zabkeeper.server.oracle.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unmodified clients, each with a script that is played to Apache ZooKeeper, too, which shows that the script is right. The two
 * play beside each other; one of them plays one script at a time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ClientScriptsTest {
    private static final int AT_LEAST = 30;

    private Subject reference;
    private Subject ours;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        BothSubjects both =
                BothSubjects.started(() -> Subject.reference(3, "extendedTypesEnabled=true"), () -> Subject.own(3));
        reference = both.reference();
        ours = both.own();
    }

    @AfterAll
    void stop() {
        ours.close();
        reference.close();
    }

    Stream<Subject> subjects() {
        return Stream.of(reference, ours);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void the_java_client_of_zookeeper_3_9(Subject subject) throws Exception {
        play(subject, Installed.java(ApacheScript.class, System.getProperty("java.class.path")));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void what_newer_java_clients_brought(Subject subject) throws Exception {
        play(subject, Installed.java(NewerApacheScript.class, System.getProperty("java.class.path")));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void curator(Subject subject) throws Exception {
        play(subject, Installed.java(CuratorScript.class, System.getProperty("java.class.path")));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void the_java_client_of_zookeeper_3_4(Subject subject) throws Exception {
        play(subject, Installed.java(ApacheScript.class, Installed.oldApache()));
    }

    /** The reference may answer auth too early, which breaks kazoo's connection. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void kazoo(Subject subject) throws Exception {
        List<String> command = new ArrayList<>(Installed.kazoo("kazoo_script.py"));
        if (subject == ours) {
            command.add("auth-in-its-place");
        }
        play(subject, command);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void node_zookeeper_client(Subject subject) throws Exception {
        play(subject, Installed.node("node_script.js"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("subjects")
    void c_client(Subject subject, @TempDir Path directory) throws Exception {
        play(subject, Installed.c("c_script.c", directory));
    }

    private static void play(Subject subject, List<String> command) throws IOException, InterruptedException {
        List<String> operations;
        synchronized (subject) {
            operations = ScriptRun.of(subject, command);
        }

        System.out.println(subject + ", " + command.get(command.size() - 1) + ": ops=" + operations.size());
        assertThat(operations).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }
}
