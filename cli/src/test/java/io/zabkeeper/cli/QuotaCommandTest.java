package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import org.apache.zookeeper.StatsTrack;
import org.junit.jupiter.api.Test;

/** {@code zab quota} against Apache ZooKeeper, which keeps and reads the znodes. */
final class QuotaCommandTest extends CommandSuite {
    @Test
    void sets_limits_that_the_server_counts_for() {
        zab("create", home + "/a", "123");

        assertThat(zab("quota", home, "--count", "3", "--bytes", "10"))
                .isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        zab("create", home + "/a/b", "45");
        zab("create", home + "/a/c", "6");

        assertThat(zab("quota", home).out())
                .isEqualTo("OF      USED  LIMIT  HARD LIMIT\nznodes  4     3      -\nbytes   6     10     -\n");
        assertThat(zab("quota", "-o", "json", home).out())
                .isEqualTo("{\"path\":\"" + home + "\",\"znodes\":{\"used\":4,\"limit\":3,\"hardLimit\":null},"
                        + "\"bytes\":{\"used\":6,\"limit\":10,\"hardLimit\":null}}\n");
    }

    @Test
    void writes_what_zoo_keeper_reads() {
        zab("quota", home, "--count", "3");
        zab("quota", home, "--hard", "--count", "5", "--bytes", "6");
        zab("quota", home, "--bytes", "4");

        String text = zab("get", "/zookeeper/quota" + home + "/zookeeper_limits")
                .out()
                .strip();

        assertThat(text).isEqualTo("count=3,bytes=4=;byteHardLimit=6;countHardLimit=5");
        StatsTrack read = new StatsTrack(text);
        assertThat(read.getCount()).isEqualTo(3);
        assertThat(read.getBytes()).isEqualTo(4);
        assertThat(read.getCountHardLimit()).isEqualTo(5);
        assertThat(read.getByteHardLimit()).isEqualTo(6);
    }

    @Test
    void is_there_under_the_names_of_zk_cli() {
        assertThat(zab("setquota", "-n", "7", home).exitCode()).isZero();
        assertThat(zab("setquota", "-b", "8", home).exitCode()).isZero();
        assertThat(zab("setquota", "-N", "9", home).exitCode()).isZero();
        assertThat(zab("setquota", "-B", "10", home).exitCode()).isZero();
        assertThat(zab("listquota", home).out()).contains("znodes  1     7      9", "bytes   0     8      10");
        assertThat(zab("delquota", "-n", "-B", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("listquota", home).out()).contains("znodes  1     -      9", "bytes   0     8      -");
        assertThat(zab("delquota", "-N", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("delquota", home)).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("listquota", home).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(zab("delquota", home).err()).isEqualTo(home + " has no quota\n");
        assertThat(zab("delquota", "-n", home).err()).isEqualTo(home + " has no quota\n");
    }

    @Test
    void goes_with_its_last_limit() {
        zab("quota", home, "-n", "7");

        assertThat(zab("delquota", "-b", home).exitCode()).isZero();
        assertThat(zab("quota", home).out()).contains("znodes  1     7");
        assertThat(zab("delquota", "-n", home).exitCode()).isZero();
        assertThat(zab("quota", home).err()).isEqualTo(home + " has no quota\n");
    }

    @Test
    void removes_it_with_what_was_there_for_it_alone() {
        zab("create", "-p", home + "/a/b");
        zab("create", home + "/c");
        zab("quota", home + "/a/b", "--count", "1");
        zab("quota", home + "/c", "--count", "2");

        assertThat(zab("quota", home + "/a/b", "--delete").exitCode()).isZero();

        assertThat(zab("ls", "/zookeeper/quota" + home).out()).isEqualTo("c\n");
        assertThat(zab("quota", home + "/c").out()).contains("znodes  1     2");
        assertThat(zab("quota", home + "/c", "--delete").exitCode()).isZero();
        assertThat(zab("stat", "/zookeeper/quota" + home).err()).startsWith("NONODE");
        assertThat(zab("stat", "/zookeeper/quota").exitCode()).isZero();
    }

    @Test
    void refuses_quotas_within_each_other() {
        zab("create", "-p", home + "/a/b/c");
        zab("quota", home + "/a/b", "--count", "1");

        assertThat(zab("quota", home, "--count", "1"))
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "%1$s can have no quota: %1$s/a/b below it has one, and quotas do not nest\n".formatted(home)));
        assertThat(zab("quota", home + "/a/b/c", "--count", "1"))
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "%1$s/a/b/c can have no quota: %1$s/a/b above it has one, and quotas do not nest\n"
                                .formatted(home)));
    }

    @Test
    void says_what_is_wrong() {
        assertThat(zab("quota", home)).isEqualTo(new CommandRun(ExitCode.REFUSED, "", home + " has no quota\n"));
        assertThat(zab("quota", home + "/none", "-n", "1").err())
                .isEqualTo("NONODE: " + home + "/none does not exist\n");
        assertThat(zab("quota", home, "-n", "-1").err()).isEqualTo("--count is 0 or more, not -1\n");
        assertThat(zab("quota", home, "--hard").err()).isEqualTo("--hard needs --count or --bytes\n");
        assertThat(zab("quota", home, "--delete", "-n", "1").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("quota", "/", "-n", "1").err()).contains("/ can have no quota");
        assertThat(zab("quota", "/zookeeper/quota/a", "-n", "1").exitCode()).isEqualTo(ExitCode.USAGE);
        zab("quota", home, "-n", "1");
        zab("set", "/zookeeper/quota" + home + "/zookeeper_limits", "much");
        assertThat(zab("quota", home).err())
                .isEqualTo("/zookeeper/quota" + home + "/zookeeper_limits holds no quota but 'much'\n");
        zab("set", "/zookeeper/quota" + home + "/zookeeper_limits", "count=1,bytes=1");
    }
}
