package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Session;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ShellCompleterTest {
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(1);

    private final ShellCompleter completer =
            new ShellCompleter(commands(), new PathCache(() -> Optional.of(session()), background));

    @AfterEach
    void stop() {
        answered.countDown();
        background.shutdownNow();
    }

    @Test
    void offers_commands_first() {
        assertThat(offers(List.of(), "")).contains("create", "get", "ls", "ensemble", "help");
        assertThat(offers(List.of("ensemble"), "")).containsExactly("up", "down", "status");
    }

    @Test
    void offers_the_options_of_the_command_and_their_values() {
        assertThat(offers(List.of("create"), "-")).contains("--ephemeral", "--sequential", "--parents", "--output");
        assertThat(offers(List.of("get", "-o"), "")).containsExactly("text", "json", "raw");
    }

    @Test
    void offers_children_where_a_path_belongs() {
        answered.countDown();

        assertThat(offers(List.of("get"), "")).containsExactly("/");
        assertThat(offersInTheEnd(List.of("get", "-s"), "/a/b")).containsExactly("/a/x", "/a/y");
        assertThat(offersInTheEnd(List.of("get", "-o", "json"), "/a/")).containsExactly("/a/x", "/a/y");
        assertThat(offersInTheEnd(List.of("cp", "-r", "/a"), "/b/")).containsExactly("/b/x", "/b/y");
        assertThat(offers(List.of("set", "/a"), "/")).isEmpty();
    }

    @Test
    void asks_the_service_once_for_a_znode() {
        answered.countDown();

        offersInTheEnd(List.of("get"), "/a/");
        offersInTheEnd(List.of("get"), "/a/x");

        assertThat(questions).hasValue(1);
    }

    @Test
    void does_not_wait_for_a_service_that_is_silent() {
        long start = System.nanoTime();

        List<String> offers = offers(List.of("get"), "/a/");

        assertThat(offers).isEmpty();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    /** The completer waits a moment only, and what comes later serves the next key. */
    private List<String> offersInTheEnd(List<String> before, String prefix) {
        Eventually.holds(() -> !offers(before, prefix).isEmpty());
        return offers(before, prefix);
    }

    private List<String> offers(List<String> before, String prefix) {
        return completer.candidates(before, prefix).stream()
                .map(Candidate::value)
                .toList();
    }

    private static CommandLine commands() {
        Screen screen = new Screen(System.in, System.out, System.err, false, false);
        Environment environment = new Environment(null, Path.of(""), Map.of());
        return Zab.commandLine(
                new Context(environment, screen, ClientSession::open, Approval.UNASKED), new ShellHelp());
    }

    /** A session in which every znode has the children x and y, once the answer is let through. */
    private Session session() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("children");
                    questions.incrementAndGet();
                    answered.await();
                    return List.of("y", "x");
                });
    }
}
