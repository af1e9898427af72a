package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one-shot commands end to end, against Apache ZooKeeper. */
final class CommandsTest extends CommandSuite {
    @Test
    void creates_a_znode_and_prints_its_path() {
        CommandRun created = zab("create", home + "/a", "hello");

        assertThat(created).isEqualTo(new CommandRun(ExitCode.DONE, home + "/a\n", ""));
        assertThat(zab("get", home + "/a")).isEqualTo(new CommandRun(ExitCode.DONE, "hello\n", ""));
    }

    @Test
    void creates_sequential_znodes_and_prints_the_path_with_the_number() {
        assertThat(zab("create", "-s", home + "/n-").out()).isEqualTo(home + "/n-0000000000\n");
        assertThat(zab("create", "-s", "-o", "json", home + "/n-").out())
                .isEqualTo("{\"path\":\"" + home + "/n-0000000001\"}\n");
    }

    @Test
    void creates_parents_only_when_asked() {
        CommandRun refused = zab("create", home + "/x/y/z", "1");
        CommandRun created = zab("create", "-p", home + "/x/y/z", "1");
        CommandRun again = zab("create", "-p", home + "/x/y/z");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).isEqualTo("NONODE: the parent " + home + "/x/y does not exist; -p creates it\n");
        assertThat(created.exitCode()).isZero();
        assertThat(again).isEqualTo(created);
        assertThat(zab("get", home + "/x/y/z").out()).isEqualTo("1\n");
    }

    @Test
    void ends_an_ephemeral_znode_with_the_command() {
        assertThat(zab("create", "-e", home + "/e").exitCode()).isZero();

        assertThat(zab("stat", home + "/e").err()).isEqualTo("NONODE: " + home + "/e does not exist\n");
    }

    @Test
    void names_the_error_on_stderr_and_nothing_on_stdout() {
        assertThat(zab("get", "/nothing"))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", "NONODE: /nothing does not exist\n"));
        assertThat(zab("create", home))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", "NODEEXISTS: " + home + " exists already\n"));
        assertThat(zab("set", "-v", "7", home, "x"))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", "BADVERSION: " + home + " is not at version 7\n"));
        assertThat(zab("rm", "/")).isEqualTo(new CommandRun(ExitCode.USAGE, "", "the root stays\n"));
    }

    @Test
    void sets_data_if_the_version_is_as_expected() {
        assertThat(zab("set", "-v", "0", home, "one")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("set", "-o", "json", home, "two").out())
                .contains("\"version\":2,")
                .contains("\"dataLength\":3,");
        assertThat(zab("get", home).out()).isEqualTo("two\n");
    }

    @Test
    void keeps_every_byte_of_binary_data() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Files.write(dir.resolve("bytes"), bytes);

        assertThat(zab("set", home, "@bytes").exitCode()).isZero();

        assertThat(outBytes("get", "-o", "raw", home)).isEqualTo(bytes);
        assertThat(zab("get", home).out()).startsWith("00000000  00 01 02 03 ");
        assertThat(zab("get", "-o", "json", home).out()).contains("\"encoding\":\"base64\"");
    }

    @Test
    void takes_data_from_stdin_and_from_a_file() throws IOException {
        Files.writeString(dir.resolve("text"), "from a file\n");

        assertThat(zabFed("from stdin", "set", home, "-").exitCode()).isZero();
        assertThat(zab("get", "-o", "raw", home).out()).isEqualTo("from stdin");
        assertThat(zab("set", home, "@text").exitCode()).isZero();
        assertThat(zab("get", home).out()).isEqualTo("from a file\n");
        assertThat(zab("set", home, "@@text").exitCode()).isZero();
        assertThat(zab("get", home).out()).isEqualTo("@text\n");
        assertThat(zab("set", home, "@missing").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void prints_a_stat_in_the_words_of_zookeeper() {
        CommandRun text = zab("stat", home);
        CommandRun json = zab("get", "-s", "-o", "json", home);

        assertThat(text.out().lines().map(line -> line.split(" = ", -1)[0]))
                .containsExactly(
                        "czxid",
                        "mzxid",
                        "ctime",
                        "mtime",
                        "version",
                        "cversion",
                        "aversion",
                        "ephemeralOwner",
                        "dataLength",
                        "numChildren",
                        "pzxid");
        assertThat(json.out())
                .startsWith("{\"path\":\"" + home + "\",\"data\":\"\",\"encoding\":\"utf8\",\"stat\":{\"czxid\":\"0x");
    }

    @Test
    void lists_children_sorted_and_whole_subtrees() {
        zab("create", "-p", home + "/b/c");
        zab("create", home + "/a");

        assertThat(zab("ls", home).out()).isEqualTo("a\nb\n");
        assertThat(zab("ls", "-o", "json", home).out())
                .isEqualTo("{\"path\":\"" + home + "\",\"children\":[\"a\",\"b\"]}\n");
        assertThat(zab("ls", "-R", home).out()).isEqualTo("%1$s\n%1$s/a\n%1$s/b\n%1$s/b/c\n".formatted(home));
        assertThat(zab("ls").out()).contains("zookeeper\n");
    }

    @Test
    void deletes_a_subtree_only_when_asked() {
        zab("create", "-p", home + "/b/c");

        assertThat(zab("rm", home).err()).isEqualTo("NOTEMPTY: " + home + " has children; -r deletes them too\n");
        assertThat(zab("rm", "-r", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("stat", home).exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void watches_a_znode_through_its_life() throws Exception {
        String path = home + "/w";
        try (Watching watching = new Watching("-n", "4", path)) {
            zab("create", path);
            watching.awaitOutput("NodeCreated " + path);
            zab("create", path + "/child");
            watching.awaitOutput("NodeChildrenChanged " + path);
            zab("set", path, "new");
            watching.awaitOutput("NodeDataChanged " + path);
            zab("rm", path + "/child");
            watching.awaitOutput("NodeChildrenChanged " + path + "\nNodeDataChanged " + path + "\nNodeChildrenChanged");

            assertThat(watching.exitCode()).isZero();
        }
    }

    @Test
    void tells_of_a_deletion_once_and_of_the_creation_behind_it() throws Exception {
        try (Watching watching = new Watching("-n", "2", "-o", "json", home)) {
            zab("rm", home);
            watching.awaitOutput("{\"type\":\"NodeDeleted\",\"path\":\"" + home + "\"}\n");
            zab("create", home);

            assertThat(watching.exitCode()).isZero();
            assertThat(watching.output())
                    .isEqualTo(
                            "{\"type\":\"NodeDeleted\",\"path\":\"%1$s\"}\n{\"type\":\"NodeCreated\",\"path\":\"%1$s\"}\n"
                                    .formatted(home));
        }
    }

    @Test
    void cannot_reach_a_server_that_is_not_there() {
        CommandRun run = run(Map.of(), "", "--timeout", "0.3", "-s", "127.0.0.1:1", "ls", "/");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("CONNECTION_LOSS: cannot reach 127.0.0.1:1");
    }

    @Test
    void takes_the_servers_from_the_environment() {
        CommandRun run = run(Map.of("ZAB_SERVERS", connectString()), "", "ls", "/");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("zookeeper");
    }

    @Test
    void reports_the_role_of_each_server() {
        CommandRun text = run(Map.of(), "", "-s", connectString() + ",127.0.0.1:1", "status");
        CommandRun json = zab("status", "-o", "json");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .containsPattern(Pattern.quote(connectString()) + " +standalone +0x")
                .containsPattern("127.0.0.1:1 +no answer");
        assertThat(json.out()).contains("\"role\":\"standalone\",\"zxid\":\"0x");
        assertThat(run(Map.of(), "", "-s", "127.0.0.1:1", "status").exitCode()).isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    void takes_a_wrong_command_line_for_what_it_is() {
        assertThat(zab("get").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("get", "relative").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("get", "-o", "xml", "/").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("gett", "/").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("--timeout", "0", "ls", "/").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run(Map.of(), "", "-s", "host:port", "ls", "/").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab().exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void helps_on_every_command() {
        for (String command : zab("--help")
                .out()
                .lines()
                .filter(line -> line.matches("  [a-z]+ +[A-Z].*"))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList()) {
            CommandRun help = zab(command, "--help");

            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).startsWith("Usage: zab " + command);
        }
    }

    @Test
    void runs_the_lines_of_a_shell_over_one_session() {
        CommandRun run = zabFed("""
                # An ephemeral znode lives from line to line.
                create -e %1$s/e 'a "quoted" word'
                get %1$s/e

                get %1$s/missing
                ls %1$s
                exit
                ls /never
                """.formatted(home), "shell");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        ExitCode.DONE,
                        "%1$s/e\na \"quoted\" word\ne\n".formatted(home),
                        "NONODE: " + home + "/missing does not exist\n"));
        assertThat(zab("ls", home).out()).isEmpty();
    }

    @Test
    void ends_a_shell_with_the_exit_code_of_its_last_command() {
        assertThat(zabFed("ls /\nget /missing\n", "shell").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(zabFed("set / -\n", "shell").err()).contains("stdin is the shell's own");
        assertThat(zabFed("get 'open\n", "shell").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static CommandRun run(Map<String, String> variables, String in, String... arguments) {
        return CommandRun.of(new Environment(null, dir, variables), in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static byte[] outBytes(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(System.in, new PrintStream(out), System.err, false, false);
        Main.run(environment(), screen, false, arguments);
        return out.toByteArray();
    }

    /** A watch command on a thread of its own. */
    private static final class Watching implements AutoCloseable {
        private static final long DEADLINE_SECONDS = 20;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private final Thread thread;

        Watching(String... arguments) throws InterruptedException {
            String[] all = new String[arguments.length + 1];
            all[0] = "watch";
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            Screen screen = new Screen(
                    System.in,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    false);
            thread = new Thread(() -> exitCode.complete(Main.run(environment(), screen, false, all)));
            thread.start();
            await("watching", err);
        }

        void awaitOutput(String text) throws InterruptedException {
            await(text, out);
        }

        String output() {
            return out.toString(StandardCharsets.UTF_8);
        }

        int exitCode() throws Exception {
            return exitCode.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private static void await(String text, ByteArrayOutputStream where) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (!where.toString(StandardCharsets.UTF_8).contains(text)) {
                assertThat(System.nanoTime())
                        .as("waiting for '%s' in '%s'", text, where)
                        .isLessThan(end);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }
}
