package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** {@code zab config} against Apache ZooKeeper. */
@Timeout(60)
final class ConfigCommandTest extends CommandSuite {
    private static ZabClient client;

    @BeforeAll
    static void connect() {
        client = ZabClient.connect(connectString());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /** Only names it: settings make their own. */
    @Override
    @BeforeEach
    void makeHome(TestInfo test) {
        home = "/" + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void sets_values_at_once_and_gets_them() {
        assertThat(zab("config", "set", home, "pool.size=8", "url=http://a/?b=c", "none="))
                .isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("config", "set", home, "pool.size=16", "new=1").exitCode())
                .isZero();

        assertThat(zab("config", "get", home, "pool.size").out()).isEqualTo("16\n");
        assertThat(zab("config", "get", home, "url").out()).isEqualTo("http://a/?b=c\n");
        assertThat(zab("config", "get", home, "none")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("config", "get", "-o", "json", home, "new").out())
                .isEqualTo("{\"key\":\"new\",\"value\":\"1\"}\n");
        assertThat(zab("config", "get", "-o", "raw", home, "new").out()).isEqualTo("1");
        // What one command writes has one zxid.
        assertThat(client.exists(home + "/new").orElseThrow().mzxid())
                .isEqualTo(client.exists(home + "/pool.size").orElseThrow().mzxid());
    }

    @Test
    void prints_values_and_each_change() {
        zab("create", "-p", home + "/a/b", "1");
        Watching watching = new Watching("config", "watch", "-n", "4", home);
        String first = "value " + home + " = \nvalue " + home + "/a = \nvalue " + home + "/a/b = 1\n";
        Eventually.holds(() -> watching.err().contains("Ctrl-C ends it"));
        assertThat(watching.out().lines())
                .containsExactlyInAnyOrderElementsOf(first.lines().toList());

        client.create(home + "/a/c", Bytes.ofUtf8("2"));
        Eventually.holds(() -> watching.out().endsWith("created " + home + "/a/c = 2\n"));
        client.setData(home + "/a/c", Bytes.ofUtf8("3\n4"), ZabClient.ANY_VERSION);
        Eventually.holds(() -> watching.out().endsWith("changed " + home + "/a/c = 3\\u000a4\n"));
        client.delete(home + "/a/b", ZabClient.ANY_VERSION);
        Eventually.holds(() -> watching.out().endsWith("deleted " + home + "/a/b\n"));
        client.delete(home + "/a/c", ZabClient.ANY_VERSION);

        assertThat(watching.exitCode).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(ExitCode.DONE);
        assertThat(watching.out()).endsWith("deleted " + home + "/a/c\n");
    }

    @Test
    void prints_objects_for_programs() {
        zab("create", home, "x");

        assertThat(zab("config", "watch", "-n", "0", "-o", "json", home).out())
                .isEqualTo("{\"event\":\"value\",\"path\":\"" + home + "\",\"data\":\"x\",\"encoding\":\"utf8\"}\n");
        assertThat(zab("config", "watch", "-n", "0", home + "/none").out()).isEmpty();
    }

    @Test
    void ends_with_the_session() {
        zab("create", home, "x");
        Watching watching = new Watching("config", "watch", home);
        Eventually.holds(() -> watching.err().contains("Ctrl-C ends it"));

        zooKeeper.expireAll();

        assertThat(watching.exitCode).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(ExitCode.UNKNOWN);
        assertThat(watching.err()).contains("no more is learnt: ");
        client.close();
        client = ZabClient.connect(connectString());
    }

    @Test
    void says_what_is_wrong() {
        assertThat(zab("config", "get", home, "none"))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", "none is not set at " + home + "\n"));
        assertThat(zab("config", "get", home, "a/b").err()).isEqualTo("'a/b' is no key: a key has no '/'\n");
        assertThat(zab("config", "set", home, "a").err()).isEqualTo("'a' is not KEY=VALUE\n");
        assertThat(zab("config", "set", home, "a=1", "a=2").err()).isEqualTo("'a' is given more than one value\n");
        assertThat(zab("config", "set", home, "a/b=1").err()).isEqualTo("\"a/b\" is no key: a key has no '/'\n");
        assertThat(zab("config", "set", "/", "a=1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("config", "watch", "-n", "-1", home).err()).isEqualTo("--count is 0 or more, not -1\n");
        assertThat(zab("config").err()).endsWith("get, set or watch?\n");
    }

    /** A command that runs while the test looks at what it has printed. */
    private static final class Watching {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode;

        Watching(String... arguments) {
            Screen screen = new Screen(
                    new ByteArrayInputStream(new byte[0]),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    false);
            exitCode = CompletableFuture.supplyAsync(() -> Main.run(environment(), screen, false, arguments));
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }
}
