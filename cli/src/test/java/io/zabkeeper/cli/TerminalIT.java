package io.zabkeeper.cli;

import static io.zabkeeper.cli.TypedShell.CTRL_C;
import static io.zabkeeper.cli.TypedShell.CTRL_D;
import static io.zabkeeper.cli.TypedShell.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as it was built, at a terminal, with an ensemble of three. */
final class TerminalIT {
    @TempDir
    private static Path dir;

    private static BuiltEnsemble ensemble;

    @BeforeAll
    static void start() throws Exception {
        ensemble = BuiltEnsemble.start(dir);
    }

    @AfterAll
    static void stop() throws Exception {
        ensemble.close();
    }

    @Test
    void completes_commands_and_paths() throws Exception {
        try (TypedShell shell = connected()) {
            shell.type("crea" + TAB).await("create ");
            shell.type("/completed hello\r").await("/completed\n");

            shell.type("get /comp" + TAB).await("/completed");
            shell.type("\r").await("hello\n").await("> ");

            assertThat(ensemble.zab("get", "/completed").out()).isEqualTo("hello\n");
            assertThat(leave(shell)).isZero();
        }
    }

    @Test
    void prints_what_a_watch_tells_until_ctrl_c() throws Exception {
        ensemble.zab("create", "/watched", "one");
        try (TypedShell shell = connected()) {
            shell.type("watch /watched\r").await("watching /watched");
            ensemble.zab("set", "/watched", "two");
            shell.await("NodeDataChanged /watched\n");
            ensemble.zab("create", "/watched/child");
            shell.await("NodeChildrenChanged /watched\n");

            shell.type(CTRL_C).await("(connected)> ");
            shell.type("get /watched\r").await("\ntwo\n").await("> ");

            assertThat(leave(shell)).isZero();
        }
    }

    @Test
    void drops_a_line_at_ctrl_c() throws Exception {
        try (TypedShell shell = connected()) {
            shell.type("create /dropped").await("create /dropped").type(CTRL_C).await("(connected)> ");
            shell.type("ls /\r").await("zookeeper").await("> ");

            assertThat(ensemble.zab("get", "/dropped").err()).startsWith("NONODE");
            assertThat(leave(shell)).isZero();
        }
    }

    @Test
    void remembers_lines_and_ends_a_session_with_its_ephemeral_znodes() throws Exception {
        try (TypedShell shell = connected()) {
            shell.type("create -e /passing\r").await("\n/passing\n").await("> ");
            assertThat(ensemble.zab("stat", "/passing").exitCode()).isZero();

            assertThat(leave(shell)).isZero();
        }
        assertThat(ensemble.zab("stat", "/passing").err()).startsWith("NONODE");
        assertThat(Files.readString(dir.resolve(".zab_history"))).contains("create -e /passing");
    }

    /** The prompt does not wait for the connection, and tells when it is there. */
    private static TypedShell connected() throws IOException {
        return ensemble.shell().await("(connected)");
    }

    @Test
    void shows_whether_it_is_connected_while_nothing_is_typed() throws Exception {
        try (BuiltEnsemble passing = BuiltEnsemble.start(Files.createDirectory(dir.resolve("passing")));
                TypedShell shell = passing.shell().await("(connected)")) {
            passing.down();

            shell.await("(connection lost)");
        }
    }

    private static int leave(TypedShell shell) throws IOException, InterruptedException {
        return shell.type(CTRL_D).awaitEnd();
    }
}
