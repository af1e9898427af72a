package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import org.junit.jupiter.api.Test;

/** Commands about the servers themselves, against one of Apache ZooKeeper. */
final class ServerCommandsTest extends CommandSuite {
    @Test
    void says_that_a_standalone_server_lists_no_members() {
        CommandRun run = zab("members");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("The server is standalone");
        assertThat(zab("members", "-o", "json").out()).isEqualTo("{\"version\":null,\"members\":[]}\n");
    }

    @Test
    void says_where_the_list_of_members_is_missed() {
        CommandRun run = zab("-s", connectString() + home, "members");

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).startsWith("NONODE: /zookeeper/config").contains("chroot");
    }

    @Test
    void shows_what_a_server_does() {
        CommandRun run = zab("top", "-n", "2", "-d", "0.1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.contains("1 of 1 serve, writes/s:")))
                .hasSize(2);
        assertThat(run.out().lines().filter(line -> line.startsWith(connectString() + "  standalone")))
                .hasSize(2);
    }

    @Test
    void shows_that_nobody_answers() {
        CommandRun run = zab("-s", "127.0.0.1:1", "top", "-n", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(run.out()).contains("0 of 1 serve", "127.0.0.1:1  no answer");
    }

    @Test
    void puts_a_load_on_a_server_and_leaves_nothing() {
        for (String workload : new String[] {"get", "set", "create", "mixed"}) {
            CommandRun run =
                    zab("bench", workload, "-c", "2", "-f", "2", "-n", "100", "-d", "30", "-z", "3", "--below", home);

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith(workload + ": 100 operations in ").contains("2 clients, 2 in flight each");
        }
        assertThat(zab("ls", home).out()).isEmpty();
    }

    @Test
    void ends_a_load_in_time() {
        String report = zab("bench", "-c", "1", "-d", "0.3", "-o", "json", "--below", home)
                .out();

        assertThat(report)
                .startsWith("{\"workload\":\"mixed\",\"clients\":1,\"inFlight\":1,\"bytes\":100,\"operations\":")
                .contains("\"failed\":{}", "\"p99.9\":", "\"histogram\":[{\"below\":")
                .containsPattern("\"seconds\":0\\.[3-9]");
    }

    @Test
    void says_why_a_load_cannot_begin() {
        CommandRun run = zab("bench", "set", "-c", "1", "-n", "3", "-b", "1", "--below", home + "/none");

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).startsWith("NONODE: " + home + "/none");
    }

    @Test
    void refuses_loads_without_bounds() {
        assertThat(zab("bench", "-c", "0").err()).isEqualTo("--clients is from 1 to 1000, not 0\n");
        assertThat(zab("bench", "-c", "100", "-f", "11").err())
                .isEqualTo("--clients times --in-flight is from 1 to 1000, not 1100\n");
        assertThat(zab("bench", "-d", "0").err()).startsWith("--duration is more than 0");
        assertThat(zab("bench", "-b", "-1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("bench", "much").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("top", "-d", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("top", "-n", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
