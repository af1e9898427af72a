package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code cp} and {@code mv} against Apache ZooKeeper. */
final class CopyingCommandsTest extends CommandSuite {
    private static final int LARGE_BYTES = 600_000;

    @Test
    void copies_a_subtree_with_data_and_rights() {
        makeSource();

        assertThat(zab("cp", "-r", home + "/a", home + "/z")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));

        assertIsCopy(home + "/z");
        assertThat(zab("get", home + "/a/b").out()).isEqualTo("two\n");
        assertThat(zab("cp", home + "/z/b/c/n-0000000000", home + "/c", "-o", "json")
                        .out())
                .isEqualTo(
                        "{\"source\":\"%1$s/z/b/c/n-0000000000\",\"target\":\"%1$s/c\",\"znodes\":1,\"ephemerals\":0}\n"
                                .formatted(home));
    }

    @Test
    void moves_a_subtree_with_data_and_rights() {
        makeSource();

        assertThat(zab("mv", home + "/a", home + "/z")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));

        assertIsCopy(home + "/z");
        assertThat(zab("ls", home).out()).isEqualTo("z\n");
        assertThat(zab("mv", home + "/z/b/c", home + "/c", "-o", "json").out())
                .isEqualTo("{\"source\":\"%1$s/z/b/c\",\"target\":\"%1$s/c\",\"znodes\":2}\n".formatted(home));
    }

    @Test
    void refuses_a_place_where_it_cannot_be() {
        makeSource();
        String a = home + "/a";

        for (String command : new String[] {"cp", "mv"}) {
            assertThat(zab(command, a, a).err()).isEqualTo("%1$s is %1$s itself, or lies below it\n".formatted(a));
            assertThat(zab(command, a, a + "/b/x"))
                    .isEqualTo(new CommandRun(
                            ExitCode.USAGE, "", "%1$s/b/x is %1$s itself, or lies below it\n".formatted(a)));
            assertThat(zab(command, a, home).err()).isEqualTo("NODEEXISTS: " + home + " exists already\n");
            assertThat(zab(command, a, home + "/x/y").err())
                    .isEqualTo("NONODE: the parent %1$s/x does not exist; 'create -p %1$s/x' creates it\n"
                            .formatted(home));
            assertThat(zab(command, home + "/none", home + "/x").err())
                    .isEqualTo("NONODE: " + home + "/none does not exist\n");
            assertThat(zab(command, a, "relative").exitCode()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(zab("cp", a, home + "/z").err()).isEqualTo("NOTEMPTY: " + a + " has children; -r copies them too\n");
        assertThat(zab("mv", "/", home + "/z").err()).isEqualTo("the root stays\n");
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
    }

    @Test
    void leaves_ephemeral_znodes_where_they_are() {
        makeSource();
        try (ZabClient client = ZabClient.connect(connectString())) {
            client.create(home + "/a/e", Bytes.EMPTY, CreateOptions.EPHEMERAL);

            assertThat(zab("mv", home + "/a", home + "/z").err())
                    .isEqualTo(home + "/a/e is ephemeral: it goes with its session and cannot be moved\n");
            assertThat(zab("cp", "-r", home + "/a", home + "/z"))
                    .isEqualTo(new CommandRun(ExitCode.DONE, "", "left out 1 ephemeral znode\n"));
            assertThat(zab("cp", home + "/a/e", home + "/e").exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(client.getChildren(home + "/a")).contains("e");
        }
        assertIsCopy(home + "/z");
        assertThat(zab("ls", home).out()).isEqualTo("a\nz\n");
    }

    @Test
    void moves_what_is_too_large_for_one_transaction_only_when_told() throws IOException {
        Files.write(dir.resolve("large"), new byte[LARGE_BYTES]);
        zab("create", home + "/a", "@large");
        zab("create", home + "/a/b", "@large");

        assertThat(zab("mv", home + "/a", home + "/z").err())
                .isEqualTo(home + "/a has 2 znodes, too large for one transaction; --not-atomic copies it and deletes"
                        + " it then\n");
        assertThat(zab("cp", "-r", home + "/a", home + "/y").exitCode()).isZero();
        assertThat(zab("mv", "--not-atomic", home + "/a", home + "/z").exitCode())
                .isZero();

        assertThat(zab("ls", "-R", home).out()).isEqualTo("%1$s\n%1$s/y\n%1$s/y/b\n%1$s/z\n%1$s/z/b\n".formatted(home));
        assertThat(zab("stat", home + "/y/b").out()).contains("dataLength = " + LARGE_BYTES + "\n");
        assertThat(zab("stat", home + "/z/b").out()).contains("dataLength = " + LARGE_BYTES + "\n");
    }

    @Test
    void moves_nothing_that_others_change_meanwhile() {
        makeSource();

        CommandRun changed = zabDisturbed(() -> zab("set", home + "/a/b", "3"), "mv", home + "/a", home + "/z");
        CommandRun grown = zabDisturbed(() -> zab("create", home + "/a/b/n"), "mv", home + "/a", home + "/z");

        assertThat(changed)
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "BADVERSION: " + home + "/a/b is at another version, since others were at work meanwhile;"
                                + " nothing was moved\n"));
        assertThat(grown.err()).startsWith("NOTEMPTY: " + home + "/a/b has children, since others");
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
    }

    @Test
    void copies_nothing_that_others_change_meanwhile() {
        makeSource();

        CommandRun changed = zabDisturbed(() -> zab("set", home + "/a/b", "3"), "cp", "-r", home + "/a", home + "/z");

        assertThat(changed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(changed.err())
                .endsWith("/a/b is at another version, since others were at work meanwhile;" + " nothing was copied\n");
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
    }

    @Test
    void copies_no_rights_that_it_cannot_see() {
        zab("create", home + "/a");
        zab("acl", home + "/a", "world:anyone:r", "digest:alice:abc=:cdrwa");

        assertThat(zab("cp", home + "/a", home + "/z").err())
                .isEqualTo("NOAUTH: the service hides the hashes in the ACL of " + home + "/a from us, who may not set"
                        + " it; a copy would let nobody in\n");
        assertThat(zab("ls", home).out()).isEqualTo("a\n");
    }

    private void makeSource() {
        zab("create", home + "/a", "one");
        zab("create", home + "/a/b", "two");
        zab("create", "-c", home + "/a/b/c");
        zab("create", "-s", home + "/a/b/c/n-", "three");
        zab("acl", home + "/a/b", "world:anyone:cdrwa", "digest:alice:abc=:r");
    }

    private static void assertIsCopy(String path) {
        assertThat(zab("ls", "-R", path).out())
                .isEqualTo("%1$s\n%1$s/b\n%1$s/b/c\n%1$s/b/c/n-0000000000\n".formatted(path));
        assertThat(zab("get", path).out()).isEqualTo("one\n");
        assertThat(zab("get", path + "/b").out()).isEqualTo("two\n");
        assertThat(zab("get", path + "/b/c/n-0000000000").out()).isEqualTo("three\n");
        assertThat(zab("acl", path + "/b").out()).isEqualTo("world:anyone:cdrwa\ndigest:alice:abc=:r\n");
        assertThat(zab("acl", path).out()).isEqualTo("world:anyone:cdrwa\n");
    }
}
