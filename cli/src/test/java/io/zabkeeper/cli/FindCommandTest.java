package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import org.junit.jupiter.api.Test;

/** {@code zab find} against Apache ZooKeeper. */
final class FindCommandTest extends CommandSuite {
    @Test
    void finds_by_name() {
        zab("create", "-p", home + "/a.log/b.log");
        zab("create", home + "/a.txt");
        zab("create", home + "/axlog");

        assertThat(zab("find", home, "--name", "*.log").out())
                .isEqualTo("%1$s/a.log\n%1$s/a.log/b.log\n".formatted(home));
        assertThat(zab("find", home, "-n", "a?l*").out()).isEqualTo("%1$s/a.log\n%1$s/axlog\n".formatted(home));
        assertThat(zab("find", home + "/a.log").out()).isEqualTo("%1$s/a.log\n%1$s/a.log/b.log\n".formatted(home));
        assertThat(zab("find", home, "-n", "none")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("find", home + "/none").err()).isEqualTo("NONODE: " + home + "/none does not exist\n");
    }

    @Test
    void finds_by_size() {
        zab("create", home + "/a", "12345");
        zab("create", home + "/b", "1234");

        assertThat(zab("find", home, "--larger", "4").out()).isEqualTo(home + "/a\n");
        assertThat(zab("find", home, "--larger", "-1").err()).isEqualTo("--larger is a number of bytes, not -1\n");
        assertThat(zab("find", home, "--larger", "0").out()).isEqualTo("%1$s/a\n%1$s/b\n".formatted(home));
    }

    @Test
    void finds_what_goes_with_a_session_and_what_stays() {
        zab("create", home + "/stays");
        zab("create", "-c", home + "/container");
        try (ZabClient client = ZabClient.connect(connectString())) {
            client.create(home + "/goes", Bytes.EMPTY, CreateOptions.EPHEMERAL);

            assertThat(zab("find", home, "--ephemeral").out()).isEqualTo(home + "/goes\n");
            assertThat(zab("find", home, "--persistent").out())
                    .isEqualTo("%1$s\n%1$s/container\n%1$s/stays\n".formatted(home));
        }
        assertThat(zab("find", "--ephemeral", "--persistent", home).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void finds_by_age() {
        assertThat(zab("find", home, "--newer", "1h").out()).isEqualTo(home + "\n");
        assertThat(zab("find", home, "--older", "1h").out()).isEmpty();
        assertThat(zab("find", "/", "--older", "7d").out())
                .contains("/zookeeper\n")
                .doesNotContain(home);
        assertThat(zab("find", home, "--older", "yesterday").err())
                .contains("'yesterday' is no duration: a number and s, m, h or d, such as 90m");
    }

    @Test
    void prints_the_stat_for_programs() {
        zab("create", home + "/a", "12345");

        assertThat(zab("find", "-o", "json", "-n", "a", home).out())
                .startsWith("{\"path\":\"" + home + "/a\",\"stat\":{\"czxid\":")
                .contains("\"dataLength\":5")
                .endsWith("}}\n");
    }
}
