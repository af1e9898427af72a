package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** {@code rm -r} and {@code deleteall}, at a terminal and without one, against Apache ZooKeeper. */
final class DeletingCommandsTest extends CommandSuite {
    @Test
    void asks_at_a_terminal_how_serious_it_is() {
        zab("create", "-p", home + "/a/b");
        String question = "delete 2 znodes below %1$s and %1$s itself? [y/N] ".formatted(home);

        assertThat(zabAsked("n\n", "rm", "-r", home))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", question + "nothing was deleted\n"));
        assertThat(zabAsked("", "rm", "-r", home).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(zabAsked("\n", "rm", "-r", home).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(zab("ls", "-R", home).out()).isEqualTo("%1$s\n%1$s/a\n%1$s/a/b\n".formatted(home));
        assertThat(zabAsked("y\n", "rm", "-r", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", question));
        assertThat(zab("stat", home).err()).isEqualTo("NONODE: " + home + " does not exist\n");
    }

    @Test
    void asks_in_words_that_fit_the_number() {
        zab("create", home + "/a");

        assertThat(zabAsked("n\n", "rm", "-r", home + "/a").err()).startsWith("delete " + home + "/a? [y/N] ");
        assertThat(zabAsked("n\n", "rm", "-r", home).err())
                .startsWith("delete 1 znode below %1$s and %1$s itself? [y/N] ".formatted(home));
    }

    @Test
    void does_not_ask_a_script_or_who_forces_it() {
        zab("create", "-p", home + "/a/b");
        zab("create", "-p", home + "/c/d");

        assertThat(zab("rm", "-r", home + "/a")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zabAsked("n\n", "rm", "-rf", home + "/c")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zabAsked("n\n", "rm", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zabFed("create -p %1$s/x\nrm -r %1$s\n".formatted(home), "shell")
                        .exitCode())
                .isZero();
        assertThat(zab("stat", home).exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void says_how_many_znodes_are_gone() {
        zab("create", "-p", home + "/a/b");
        zab("create", home + "/c");

        assertThat(zab("rm", "-o", "json", home + "/c").out())
                .isEqualTo("{\"path\":\"" + home + "/c\",\"deleted\":1}\n");
        assertThat(zab("rm", "-r", "-o", "json", home).out()).isEqualTo("{\"path\":\"" + home + "\",\"deleted\":3}\n");
    }

    @Test
    void deletes_all_under_the_other_name() {
        zab("create", "-p", home + "/a/b");

        assertThat(zabAsked("no\n", "deleteall", home).err())
                .isEqualTo("delete 2 znodes below %1$s and %1$s itself? [y/N] nothing was deleted\n".formatted(home));
        assertThat(zabAsked("no\n", "deleteall", "-f", "-o", "json", home).out())
                .isEqualTo("{\"path\":\"" + home + "\",\"deleted\":3}\n");
        assertThat(zab("deleteall", home).err()).isEqualTo("NONODE: " + home + " does not exist\n");
        assertThat(zab("deleteall", "/")).isEqualTo(new CommandRun(ExitCode.USAGE, "", "the root stays\n"));
    }

    @Test
    void keeps_all_when_the_version_is_another() {
        zab("create", home + "/a");

        assertThat(zab("rm", "-r", "-v", "7", home))
                .isEqualTo(new CommandRun(ExitCode.REFUSED, "", "BADVERSION: " + home + " is not at version 7\n"));
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
        assertThat(zab("rm", "-r", "-v", "0", home).exitCode()).isZero();
    }

    @Test
    void asks_on_the_terminal_of_the_shell() throws IOException {
        assertThat(isApproved("yes\n")).isTrue();
        assertThat(isApproved("n\n")).isFalse();
        assertThat(isApproved("")).isFalse();
    }

    private static boolean isApproved(String typed) throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (Terminal terminal =
                new DumbTerminal(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), shown)) {
            boolean isGiven = new PromptApproval(terminal).isGiven("delete /a?");
            assertThat(shown.toString(StandardCharsets.UTF_8)).contains("delete /a? [y/N] ");
            return isGiven;
        }
    }
}
