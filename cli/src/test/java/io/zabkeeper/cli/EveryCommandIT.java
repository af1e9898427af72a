package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.BuiltEnsemble.Run;
import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import picocli.CommandLine;

/**
 * Every command through {@code bin/zab} as it is built, one process each, against an ensemble of three. What the commands do in
 * detail is tested elsewhere; here it is seen that each is there, works and says so.
 */
final class EveryCommandIT {
    @RegisterExtension
    static final SharedEnsemble SHARED = new SharedEnsemble();

    private static Path dir;
    private static BuiltEnsemble ensemble;
    private static @Nullable Another another;

    private final Map<String, Executable> scenarios = new LinkedHashMap<>();

    EveryCommandIT() {
        znodes();
        subtrees();
        files();
        rights();
        coordination();
        settings();
        servers();
        shell();
    }

    @BeforeAll
    static void find() throws Exception {
        dir = SHARED.dir();
        ensemble = SHARED.ensemble();
        ensemble.zab("create", "/app", "one");
    }

    @TestFactory
    Stream<DynamicTest> works() {
        return scenarios.entrySet().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.getKey(), scenario.getValue()));
    }

    @Test
    void leaves_no_command_out() {
        Set<String> commands = new TreeSet<>();
        for (CommandLine command : Set.copyOf(all().getSubcommands().values())) {
            if (command.getSubcommands().isEmpty()) {
                commands.add(command.getCommandName());
            }
            command.getSubcommands()
                    .values()
                    .forEach(below -> commands.add(command.getCommandName() + " " + below.getCommandName()));
        }

        assertThat(new TreeSet<>(scenarios.keySet())).isEqualTo(commands);
    }

    private static CommandLine all() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        Screen screen = new Screen(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, false);
        Context context =
                new Context(new Environment(null, dir, Map.of()), screen, ClientSession::open, Approval.UNASKED);
        return Zab.commandLine(context, new Shell(false), new ShellHelp(), new ShellHistory(new DiscreetHistory()));
    }

    private void znodes() {
        scenarios.put("create", () -> {
            assertThat(said("create", "/created", "hello")).isEqualTo("/created\n");
            assertThat(said("create", "-s", "/created/n-")).isEqualTo("/created/n-0000000000\n");
            assertThat(ensemble.zabFed("from stdin", "create", "/created/fed", "-")
                            .exitCode())
                    .isZero();
            assertThat(said("get", "/created/fed")).isEqualTo("from stdin\n");
            assertThat(refused("create", "/created")).startsWith("NODEEXISTS: /created");
        });
        scenarios.put("get", () -> {
            assertThat(said("get", "/app")).isEqualTo("one\n");
            assertThat(said("get", "-o", "raw", "/app")).isEqualTo("one");
            assertThat(said("get", "-o", "json", "/app")).startsWith("{\"path\":\"/app\"");
            assertThat(refused("get", "/none")).isEqualTo("NONODE: /none does not exist\n");
        });
        scenarios.put("set", () -> {
            said("create", "/set", "1");
            done("set", "/set", "2", "-v", "0");
            assertThat(said("get", "/set")).isEqualTo("2\n");
            assertThat(refused("set", "/set", "3", "-v", "0")).startsWith("BADVERSION");
        });
        scenarios.put("stat", () -> assertThat(said("stat", "/app")).contains("dataLength"));
        scenarios.put("rm", () -> {
            said("create", "-p", "/removed/below");
            assertThat(refused("rm", "/removed")).startsWith("NOTEMPTY");
            done("rm", "-r", "/removed");
            assertThat(refused("stat", "/removed")).startsWith("NONODE");
        });
        scenarios.put("watch", () -> {
            said("create", "/watched");
            Future<Run> watch = meanwhile("watch", "-n", "1", "/watched");
            while (!watch.isDone()) {
                said("set", "/watched", "new");
            }
            assertThat(watch.get().out()).isEqualTo("NodeDataChanged /watched\n");
        });
        scenarios.put("multi", () -> {
            said("create", "/multi");
            assertThat(said("multi", "create /multi/a 1", "set /multi 2"))
                    .isEqualTo("create /multi/a\nset /multi version 1\n");
            assertThat(refused("multi", "create /multi/b", "check /multi -v 9")).contains("BADVERSION");
            assertThat(said("ls", "/multi")).isEqualTo("a\n");
        });
        scenarios.put("sync", () -> done("sync", "/"));
    }

    private void subtrees() {
        scenarios.put("ls", () -> {
            said("create", "-p", "/list/a/b");
            assertThat(said("ls", "/list")).isEqualTo("a\n");
            assertThat(said("ls", "-R", "/list")).contains("/list/a/b\n");
        });
        scenarios.put("tree", () -> {
            said("create", "-p", "/tree/a/b");
            assertThat(said("tree", "/tree")).isEqualTo("/tree\n└── a\n    └── b\n");
        });
        scenarios.put("du", () -> {
            said("create", "/du", "12345");
            assertThat(said("du", "/du")).contains("5      1       /du");
        });
        scenarios.put("find", () -> {
            said("create", "-p", "/find/a/x.lock");
            assertThat(said("find", "/find", "--name", "*.lock")).isEqualTo("/find/a/x.lock\n");
        });
        scenarios.put("cp", () -> {
            said("create", "-p", "/copied/a", "data");
            done("cp", "-r", "/copied", "/copy");
            assertThat(said("get", "/copy/a")).isEqualTo("data\n");
        });
        scenarios.put("mv", () -> {
            said("create", "-p", "/moved/a", "data");
            done("mv", "/moved", "/elsewhere");
            assertThat(said("get", "/elsewhere/a")).isEqualTo("data\n");
            assertThat(refused("stat", "/moved")).startsWith("NONODE");
        });
        scenarios.put("deleteall", () -> {
            said("create", "-p", "/all/a/b");
            done("deleteall", "/all");
            assertThat(refused("stat", "/all")).startsWith("NONODE");
        });
    }

    private void files() {
        scenarios.put("export", () -> {
            said("create", "/exported", "data");
            assertThat(said("export", "/exported")).contains("root: \"/exported\"", "data: \"data\"");
        });
        scenarios.put("import", () -> {
            Files.writeString(dir.resolve("imported.yaml"), tree("/imported", "data"));
            assertThat(said("import", "imported.yaml")).isEqualTo("created 1, replaced 0, left as they were 0\n");
            assertThat(said("get", "/imported")).isEqualTo("data\n");
        });
        scenarios.put("diff", () -> {
            said("create", "/differs", "1");
            Files.writeString(dir.resolve("differs.yaml"), tree("/differs", "2"));
            Run diff = ensemble.zab("diff", "differs.yaml");
            assertThat(diff.exitCode()).isEqualTo(1);
            assertThat(diff.out()).contains("~ /differs");
            Files.writeString(dir.resolve("differs.yaml"), tree("/differs", "1"));
            assertThat(ensemble.zab("diff", "differs.yaml").exitCode()).isZero();
        });
        scenarios.put("apply", () -> {
            Files.writeString(dir.resolve("applied.yaml"), tree("/applied", "data"));
            assertThat(said("apply", "-f", "applied.yaml")).contains("+ /applied");
            assertThat(said("get", "/applied")).isEqualTo("data\n");
        });
    }

    private static String tree(String root, String data) {
        return "version: 1\nroot: \"" + root + "\"\nznodes:\n- path: \"/\"\n  data: \"" + data + "\"\n";
    }

    private void rights() {
        scenarios.put("acl", () -> {
            said("create", "/acl");
            done("acl", "/acl", "world:anyone:ra");
            assertThat(said("acl", "/acl")).isEqualTo("world:anyone:ra\n");
            assertThat(refused("set", "/acl", "x")).startsWith("NOAUTH");
        });
        scenarios.put("whoami", () -> assertThat(said("whoami")).contains("ip:127.0.0.1"));
        scenarios.put("auth", () -> {
            Run run = ensemble.zabFed("auth digest alice:wonder\nwhoami\n", "shell");
            assertThat(run.out()).contains("digest:alice");
        });
        scenarios.put("quota", () -> {
            said("create", "/quota");
            done("quota", "-n", "3", "/quota");
            assertThat(said("quota", "/quota")).contains("znodes  1     3");
        });
        scenarios.put("delquota", () -> {
            said("create", "/unquota");
            done("quota", "-n", "3", "-B", "9", "/unquota");
            done("delquota", "-n", "/unquota");
            assertThat(said("quota", "/unquota")).contains("znodes  1     -", "9");
            done("delquota", "/unquota");
            assertThat(refused("quota", "/unquota")).isEqualTo("/unquota has no quota\n");
        });
    }

    private void coordination() {
        scenarios.put("lock", () -> {
            Run run = ensemble.zab("lock", "/lock", "--", "sh", "-c", "echo $ZAB_FENCING_TOKEN; exit 7");
            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.out()).matches("\\d+\n");
        });
        scenarios.put(
                "semaphore",
                () -> assertThat(said("semaphore", "-n", "2", "/semaphore", "--", "echo", "held"))
                        .isEqualTo("held\n"));
        scenarios.put("elect", () -> {
            assertThat(said("elect", "-l", "me", "/elect", "--", "sh", "-c", "echo $ZAB_LEADERSHIP_PATH"))
                    .startsWith("/elect/");
            assertThat(said("elect", "--list", "/elect")).startsWith("ROLE");
        });
    }

    private void settings() {
        scenarios.put("config set", () -> done("config", "set", "/settings", "pool=8", "wait=2s"));
        scenarios.put("config get", () -> {
            done("config", "set", "/got", "pool=8");
            assertThat(said("config", "get", "/got", "pool")).isEqualTo("8\n");
            assertThat(refused("config", "get", "/got", "none")).isEqualTo("none is not set at /got\n");
        });
        scenarios.put("config watch", () -> {
            done("config", "set", "/followed", "pool=8");
            Future<Run> watch = meanwhile("config", "watch", "-n", "1", "/followed");
            for (int i = 0; !watch.isDone(); i++) {
                done("config", "set", "/followed", "pool=" + i);
            }
            assertThat(watch.get().out()).contains("value /followed/pool = ", "changed /followed/pool = ");
        });
    }

    private void servers() {
        scenarios.put("status", () -> assertThat(said("status")).containsOnlyOnce("leader"));
        scenarios.put("members", () -> {
            assertThat(said("members").lines()).hasSize(4);
            assertThat(said("members"))
                    .containsOnlyOnce("leader")
                    .contains(ensemble.connectString().split(",", -1));
        });
        scenarios.put("top", () -> {
            String views = said("top", "-n", "2", "-d", "0.2", "-o", "json");
            assertThat(views.lines()).hasSize(2).allMatch(line -> line.contains("\"role\":\"leader\""));
            assertThat(views).contains("\"writesPerSecond\":null").containsPattern("\"writesPerSecond\":\\d");
        });
        scenarios.put("bench", () -> {
            String report = said("bench", "-c", "3", "-f", "2", "-n", "500", "-d", "60");
            assertThat(report).startsWith("mixed: 500 operations in ").contains("p99.9", "MS BELOW");
            assertThat(said("ls", "/")).doesNotContain("zab-bench");
        });
        scenarios.put("ensemble up", () -> {
            assertThat(another().connectString()).matches("127.0.0.1:\\d+,127.0.0.1:\\d+,127.0.0.1:\\d+");
            assertThat(another().get().err()).startsWith("NONODE");
        });
        scenarios.put(
                "ensemble status",
                () -> assertThat(said(
                                "ensemble",
                                "status",
                                "--dir",
                                dir.resolve("ensemble").toString()))
                        .containsOnlyOnce("leader")
                        .contains(ensemble.connectString().split(",", -1)));
        scenarios.put("ensemble down", () -> {
            assertThat(another().down().exitCode()).isZero();
            assertThat(another().status().exitCode()).isEqualTo(3);
        });
    }

    private void shell() {
        scenarios.put("shell", () -> {
            Run run = ensemble.zabFed("create -e /passing\nephemerals\nget /none\nls /app\n", "shell");
            assertThat(run.out()).isEqualTo("/passing\n/passing\n");
            assertThat(run.err()).isEqualTo("NONODE: /none does not exist\n");
            assertThat(run.exitCode()).isZero();
            assertThat(refused("stat", "/passing")).startsWith("NONODE");
        });
        scenarios.put("ephemerals", () -> {
            Run run = ensemble.zabFed("create -e /a-while\nephemerals -o json\n", "shell");
            assertThat(run.out()).isEqualTo("/a-while\n{\"path\":\"/a-while\"}\n");
        });
        scenarios.put(
                "help",
                () -> assertThat(ensemble.zabFed("help\n", "shell").out()).contains("create", "exit"));
        scenarios.put("history", () -> {
            try (TypedShell shell = ensemble.shell()) {
                shell.await("> ").type("ls /app\r").await("> ").type("history 2\r");
                shell.await("  ls /app\n").await("  history 2\n").await("> ").type(TypedShell.CTRL_D);
                assertThat(shell.awaitEnd()).isZero();
            }
        });
    }

    /** What a command that does what it should says; about it, it says nothing. */
    private static String said(String... arguments) throws Exception {
        Run run = ensemble.zab(arguments);
        assertThat(run.err()).as(String.join(" ", arguments)).isEmpty();
        assertThat(run.exitCode()).as(String.join(" ", arguments)).isZero();
        return run.out();
    }

    /** Runs a command that does what it should and has nothing to say. */
    private static void done(String... arguments) throws Exception {
        assertThat(said(arguments)).as(String.join(" ", arguments)).isEmpty();
    }

    /** Why a command could not do what it should. */
    private static String refused(String... arguments) throws Exception {
        Run run = ensemble.zab(arguments);
        assertThat(run.exitCode()).as(String.join(" ", arguments)).isEqualTo(1);
        assertThat(run.out()).as(String.join(" ", arguments)).isEmpty();
        return run.err();
    }

    private static Future<Run> meanwhile(String... arguments) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ensemble.zab(arguments);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The life of another ensemble, which the first who asks lets pass. */
    private static Another another() throws Exception {
        Another known = another;
        if (known == null) {
            try (BuiltEnsemble passing = BuiltEnsemble.start(Files.createDirectory(dir.resolve("another")))) {
                Run get = passing.zab("get", "/app");
                Run down = passing.down();
                known = new Another(passing.connectString(), get, down, passing.zab("status"));
            }
            another = known;
        }
        return known;
    }

    /** What was said of an ensemble that was started, asked for a znode that another one has, stopped, and asked again. */
    private record Another(String connectString, Run get, Run down, Run status) {}
}
