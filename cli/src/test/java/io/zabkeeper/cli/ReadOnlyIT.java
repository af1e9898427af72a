package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.BuiltEnsemble.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an ensemble, through {@code bin/zab} as it is built. */
final class ReadOnlyIT {
    @TempDir
    private Path dir;

    @Test
    void is_read_by_who_asks_for_it_and_written_when_the_others_are_back() throws Exception {
        Map<String, String> variables = Map.of("ZAB_JVM_OPTS", "-Dreadonlymode.enabled=true");
        try (BuiltEnsemble ensemble = BuiltEnsemble.start(dir, variables)) {
            ensemble.zab("create", "/a", "hello");
            ensemble.killAllButOne();

            Run read = ensemble.zab("--read-only", "--timeout", "30", "get", "/a");
            assertThat(read.out()).as(read.err()).isEqualTo("hello\n");
            Run write = ensemble.zab("--read-only", "set", "/a", "changed");
            assertThat(write.exitCode()).isEqualTo(1);
            assertThat(write.err()).startsWith("NOT_READ_ONLY: the server is cut off from the others");
            Run other = ensemble.zab("-s", left(ensemble), "--timeout", "1", "get", "/a");
            assertThat(other.exitCode()).isEqualTo(3);
            assertThat(other.err()).startsWith("CONNECTION_LOSS").contains("--read-only");

            try (TypedShell shell = ensemble.shell("--read-only")) {
                // Of a prompt that changes, the terminal is sent what differs.
                shell.await("read-only)> ").type("get /a\r").await("\nhello\n");
                ensemble.upAgain();
                shell.await("connected").type("set /a again\r").await("> ").type("get /a\r");
                shell.await("\nagain\n").await("> ").type(TypedShell.CTRL_D);
                assertThat(shell.awaitEnd()).isZero();
            }
        }
    }

    private static String left(BuiltEnsemble ensemble) throws Exception {
        String status = ensemble.zab("status", "-o", "json").out();
        Matcher server = Pattern.compile("\"server\":\"([^\"]+)\",\"role\":\"read-only\"")
                .matcher(status);
        assertThat(server.find()).as(status).isTrue();
        return server.group(1);
    }
}
