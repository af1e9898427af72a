package io.zabkeeper.cli;

import static io.zabkeeper.cli.TypedShell.CTRL_C;
import static io.zabkeeper.cli.TypedShell.CTRL_D;
import static io.zabkeeper.cli.TypedShell.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The shell as it was built, at a terminal, with an ensemble of three. */
final class TerminalIT {
    @RegisterExtension
    static final SharedEnsemble SHARED = new SharedEnsemble();

    @TempDir
    private Path dir;

    private BuiltEnsemble ensemble;

    @BeforeEach
    void find() {
        ensemble = SHARED.ensemble();
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
        ensemble.zab("create", "/seen", "one");
        try (TypedShell shell = connected()) {
            shell.type("watch /seen\r").await("watching /seen");
            ensemble.zab("set", "/seen", "two");
            shell.await("NodeDataChanged /seen\n");
            ensemble.zab("create", "/seen/child");
            shell.await("NodeChildrenChanged /seen\n");

            shell.type(CTRL_C).await("(connected)> ");
            shell.type("get /seen\r").await("\ntwo\n").await("> ");

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
        assertThat(Files.readString(SHARED.dir().resolve(".zab_history"))).contains("create -e /passing");
    }

    /** The prompt does not wait for the connection, and tells when it is there. */
    private TypedShell connected() throws IOException {
        return ensemble.shell().await("(connected)");
    }

    @Test
    void shows_whether_it_is_connected_while_nothing_is_typed() throws Exception {
        try (BuiltEnsemble passing = BuiltEnsemble.start(dir, 1);
                TypedShell shell = passing.shell().await("(connected)")) {
            passing.down();

            shell.await("(connection lost)");
        }
    }

    private static int leave(TypedShell shell) throws IOException, InterruptedException {
        return shell.type(CTRL_D).awaitEnd();
    }
}
