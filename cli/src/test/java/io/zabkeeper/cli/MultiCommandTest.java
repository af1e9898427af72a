package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code zab multi} against Apache ZooKeeper. */
final class MultiCommandTest extends CommandSuite {
    @Override
    @BeforeEach
    void makeHome(TestInfo test) {
        home = "/" + test.getTestMethod().orElseThrow().getName();
        zab("create", home, "old");
    }

    @Test
    void does_all_that_its_arguments_say() {
        zab("create", home + "/gone");

        CommandRun run = zab(
                "multi",
                "check " + home + " -v 0",
                "create " + home + "/a 'two words'",
                "create " + home + "/a/empty",
                "set -v 0 " + home + " -- -v",
                "rm " + home + "/gone");

        assertThat(run).isEqualTo(new CommandRun(ExitCode.DONE, """
                check %1$s
                create %1$s/a
                create %1$s/a/empty
                set %1$s version 1
                rm %1$s/gone
                """.formatted(home), ""));
        assertThat(zab("get", home).out()).isEqualTo("-v\n");
        assertThat(zab("get", home + "/a").out()).isEqualTo("two words\n");
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
    }

    @Test
    void does_all_that_stdin_says() {
        CommandRun run = zabFed("""
                # what belongs together
                create %1$s/a 1

                set %1$s new -v 0
                """.formatted(home), "multi", "-o", "json");

        String[] objects = run.out().split("\n", -1);
        assertThat(run.exitCode()).isZero();
        assertThat(objects[0])
                .startsWith("{\"operation\":\"create\",\"path\":\"" + home + "/a\",\"stat\":{\"czxid\":\"0x");
        assertThat(objects[1])
                .startsWith("{\"operation\":\"set\",\"path\":\"" + home + "\",\"stat\":{")
                .contains("\"version\":1,");
        assertThat(zab("multi", "-o", "json", "check " + home).out())
                .isEqualTo("{\"operation\":\"check\",\"path\":\"" + home + "\"}\n");
    }

    @Test
    void says_which_is_refused_and_does_nothing() {
        CommandRun lines = zabFed("create %1$s/a\n\nset %1$s new -v 7\nrm %1$s/none\n".formatted(home), "multi");
        CommandRun arguments = zab("multi", "set " + home + " new", "rm " + home + "/none");

        assertThat(lines)
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "line 3: set: BADVERSION: " + home + " is at another version; nothing was done\n"));
        assertThat(arguments)
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "operation 2: rm: NONODE: " + home + "/none does not exist; nothing was done\n"));
        assertThat(zab("ls", home).out()).isEmpty();
        assertThat(zab("get", home).out()).isEqualTo("old\n");
    }

    @Test
    void runs_in_the_shell() {
        CommandRun run = zabFed("multi 'create %1$s/a \"x y\"' 'check %1$s/a -v 0'\nmulti\n".formatted(home), "shell");

        assertThat(run.out()).isEqualTo("create %1$s/a\ncheck %1$s/a\n".formatted(home));
        assertThat(run.err()).contains("stdin is the shell's own");
    }

    @Test
    void says_what_is_wrong() {
        assertThat(error("frob /a")).isEqualTo("'frob' is no operation: there are create, set, rm, check");
        assertThat(error("set /a")).isEqualTo("set needs a PATH and the DATA");
        assertThat(error("rm")).isEqualTo("rm needs a PATH");
        assertThat(error("set /a b c")).isEqualTo("'c' is a word too much; data with blanks needs quotes");
        assertThat(error("check /a -v x")).isEqualTo("-v needs a version, not 'x'");
        assertThat(error("check /a -v")).isEqualTo("-v needs a version, not ''");
        assertThat(error("create /a b -v 1")).isEqualTo("what is created has no version yet");
        assertThat(error("create a/ b")).startsWith("'a/': ");
        assertThat(error("create /a 'b")).isEqualTo("a ' is not closed");
        assertThat(error("create /a -")).isEqualTo("here '-' is not stdin; '@FILE' is a file");
        assertThat(error("create /a @nothing-here")).startsWith("there is no file ");
        assertThat(zabFed("# nothing\n", "multi"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "no operation was given\n"));
    }

    /** Why an operation behind a good one is refused. */
    private String error(String operation) {
        CommandRun run = zab("multi", "create " + home + "/x", operation);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("operation 2: ").endsWith("\n");
        return run.err().substring("operation 2: ".length()).stripTrailing();
    }
}
