package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import org.junit.jupiter.api.Test;

/** Commands that look around, and those about rights, against Apache ZooKeeper. */
final class BrowsingCommandsTest extends CommandSuite {
    @Test
    void draws_a_tree() {
        zab("create", "-p", home + "/a/b");
        zab("create", home + "/a/c");
        zab("create", home + "/d");

        assertThat(zab("tree", home).out()).isEqualTo(home + "\n├── a\n│   ├── b\n│   └── c\n└── d\n");
        assertThat(zab("tree", "-d", "1", home).out()).isEqualTo(home + "\n├── a\n└── d\n");
        assertThat(zab("tree", "-d", "1", "-o", "json", home).out())
                .isEqualTo(
                        "{\"path\":\"%1$s\",\"children\":[{\"path\":\"%1$s/a\",\"children\":[]},{\"path\":\"%1$s/d\",\"children\":[]}]}\n"
                                .formatted(home));
        assertThat(zab("tree", home + "/none").err()).isEqualTo("NONODE: " + home + "/none does not exist\n");
        assertThat(zab("tree", "-d", "-1", home).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void counts_znodes_and_bytes() {
        zab("create", home + "/a", "123");
        zab("create", home + "/a/b", "4567");
        zab("create", home + "/c", "8");

        assertThat(zab("du", home).out())
                .isEqualTo("bytes  znodes  path\n7      2       %1$s/a\n1      1       %1$s/c\n8      4       %1$s\n"
                        .formatted(home));
        assertThat(zab("du", "-o", "json", home + "/c").out())
                .isEqualTo("{\"path\":\"" + home + "/c\",\"znodes\":1,\"bytes\":1}\n");
    }

    @Test
    void prints_and_sets_who_may_do_what() {
        assertThat(zab("acl", home).out()).isEqualTo("world:anyone:cdrwa\n");

        assertThat(zab("acl", home, "world:anyone:ra", "digest:alice:abc=:cdrwa"))
                .isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(zab("getAcl", home).out()).isEqualTo("world:anyone:ra\ndigest:alice:abc=:cdrwa\n");
        assertThat(zab("acl", "-o", "json", home).out())
                .isEqualTo("{\"path\":\"" + home
                        + "\",\"acl\":[{\"scheme\":\"world\",\"id\":\"anyone\",\"permissions\":\"ra\"},"
                        + "{\"scheme\":\"digest\",\"id\":\"alice:abc=\",\"permissions\":\"cdrwa\"}]}\n");
        assertThat(zab("acl", "-v", "7", home, "world:anyone:r").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(zab("acl", home, "world:anyone").err())
                .isEqualTo("'world:anyone' is no entry: SCHEME:ID:PERMISSIONS\n");
        assertThat(zab("acl", home, "world:anyone:x").err()).contains("no permission 'x'");
    }

    @Test
    void tells_who_it_is() {
        assertThat(zab("whoami").out()).contains("ip:127.0.0.1\n");
        assertThat(zab("whoami", "-o", "json").out()).contains("{\"scheme\":\"ip\",\"user\":\"127.0.0.1\"}\n");
    }

    @Test
    void lists_what_goes_with_the_session() {
        CommandRun run = zabFed("""
                create -e %1$s/b
                create -e %1$s/a
                sync
                ephemerals
                ephemerals -o json
                """.formatted(home), "shell");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        ExitCode.DONE,
                        "%1$s/b\n%1$s/a\n%1$s/a\n%1$s/b\n{\"path\":\"%1$s/a\"}\n{\"path\":\"%1$s/b\"}\n"
                                .formatted(home),
                        ""));
        assertThat(zab("ephemerals").out()).isEmpty();
    }
}
