package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code export} and {@code import} against Apache ZooKeeper. */
final class FileCommandsTest extends CommandSuite {
    private static final int LARGE_BYTES = 400_000;

    @Test
    void writes_what_people_like_to_read() {
        makeTree();

        assertThat(zab("export", home + "/a").out()).isEqualTo("""
                version: 1
                root: "%1$s/a"
                znodes:
                - path: "/"
                  data: "one"
                - path: "/b"
                  data: |
                    two
                    lines
                - path: "/b/c"
                  data: ""
                - path: "/b-"
                  data: "AP8="
                  encoding: "base64"
                """.formatted(home));
    }

    @Test
    void writes_json_with_a_znode_on_each_line() {
        makeTree();

        assertThat(zab("export", "-o", "json", home + "/a").out()).isEqualTo("""
                {"version":1,"root":"%1$s/a","znodes":[
                {"path":"/","data":"one"},
                {"path":"/b","data":"two\\nlines\\n"},
                {"path":"/b/c","data":""},
                {"path":"/b-","data":"AP8=","encoding":"base64"}
                ]}
                """.formatted(home));
    }

    @Test
    void brings_back_what_it_wrote() {
        makeTree();

        for (String file : new String[] {"tree.yaml", "tree.json"}) {
            assertThat(zab("export", "-f", file, home + "/a")).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
            assertThat(zab("import", file, home + "/" + file))
                    .isEqualTo(new CommandRun(ExitCode.DONE, "created 4, replaced 0, left as they were 0\n", ""));
            assertThat(zab("export", home + "/" + file).out().replace("/" + file, "/a"))
                    .isEqualTo(zab("export", home + "/a").out());
        }
        zab("rm", "-r", home + "/a");
        assertThat(zab("import", "-o", "json", "tree.yaml").out())
                .isEqualTo("{\"created\":4,\"replaced\":0,\"left\":0}\n");
        assertThat(zabFed(zab("export", home + "/a").out(), "import", "-", home + "/z")
                        .exitCode())
                .isZero();
        assertThat(zab("get", "-o", "json", home + "/z/b-").out()).contains("\"data\":\"AP8=\"");
    }

    @Test
    void takes_rights_along_when_told() {
        zab("create", home + "/a");
        zab("acl", home + "/a", "world:anyone:cdrwa", "digest:alice:abc=:r");

        assertThat(zab("export", home + "/a").out()).doesNotContain("acl");
        zab("export", "--acl", "-f", "rights.yaml", home + "/a");
        zab("import", "rights.yaml", home + "/z");

        assertThat(zab("acl", home + "/z").out()).isEqualTo("world:anyone:cdrwa\ndigest:alice:abc=:r\n");
        zab("acl", home + "/z", "world:anyone:cdrwa");
        assertThat(zab("import", "--if-exists", "replace", "rights.yaml", home + "/z")
                        .out())
                .isEqualTo("created 0, replaced 1, left as they were 0\n");
        assertThat(zab("acl", home + "/z").out()).isEqualTo("world:anyone:cdrwa\ndigest:alice:abc=:r\n");
    }

    @Test
    void does_with_what_is_there_what_it_is_told() {
        makeTree();
        zab("export", "-f", "there.yaml", home + "/a");
        zab("rm", home + "/a/b/c");
        zab("set", home + "/a", "other");

        assertThat(zab("import", "there.yaml"))
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "NODEEXISTS: " + home + "/a exists already, nothing was changed; --if-exists says what to do"
                                + " with it\n"));
        assertThat(zab("ls", home + "/a/b").out()).isEmpty();
        assertThat(zab("import", "--if-exists", "skip", "there.yaml").out())
                .isEqualTo("created 1, replaced 0, left as they were 3\n");
        assertThat(zab("get", home + "/a").out()).isEqualTo("other\n");
        assertThat(zab("import", "--if-exists", "replace", "there.yaml").out())
                .isEqualTo("created 0, replaced 1, left as they were 3\n");
        assertThat(zab("get", home + "/a").out()).isEqualTo("one\n");
    }

    @Test
    void replaces_nothing_that_others_change_meanwhile() {
        makeTree();
        zab("export", "-f", "guarded.yaml", home + "/a");
        zab("set", home + "/a", "other");

        CommandRun run = zabDisturbed(
                () -> zab("set", home + "/a", "newer"), "import", "--if-exists", "replace", "guarded.yaml");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        ExitCode.REFUSED,
                        "",
                        "BADVERSION: " + home + "/a is at another version, since others were at work meanwhile;"
                                + " nothing was changed\n"));
        assertThat(zab("get", home + "/a").out()).isEqualTo("newer\n");
    }

    @Test
    void needs_several_transactions_for_much() throws IOException {
        Files.write(dir.resolve("bytes"), new byte[LARGE_BYTES]);
        zab("create", home + "/a");
        for (int i = 0; i < 5; i++) {
            zab("create", home + "/a/" + i, "@bytes");
        }

        assertThat(zab("export", "-f", "much.yaml", home + "/a").exitCode()).isZero();
        assertThat(zab("import", "much.yaml", home + "/z").out())
                .isEqualTo("created 6, replaced 0, left as they were 0\n");
        assertThat(zab("du", home + "/z").out()).contains(5 * LARGE_BYTES + "  6       " + home + "/z\n");
    }

    @Test
    void leaves_out_what_goes_with_sessions() {
        zab("create", home + "/a");
        try (ZabClient client = ZabClient.connect(connectString())) {
            client.create(home + "/a/e", Bytes.EMPTY, CreateOptions.EPHEMERAL);

            CommandRun run = zab("export", home + "/a");

            assertThat(run.out()).contains("path: \"/\"").doesNotContain("/e");
            assertThat(run.err()).isEqualTo("left out 1 ephemeral znode\n");
            assertThat(zab("export", home + "/a/e").exitCode()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(zab("export", "/").out()).doesNotContain("/zookeeper");
    }

    @Test
    void says_where_a_file_is_wrong_and_why() throws IOException {
        Files.writeString(dir.resolve("bad.yaml"), "znodes:\n- path: /\n- path: /b/c\n");

        assertThat(zab("import", "bad.yaml", home + "/z"))
                .isEqualTo(
                        new CommandRun(ExitCode.REFUSED, "", "bad.yaml:3: the parent of '/b/c' is not in the file\n"));
        assertThat(zab("import", "none.yaml", home + "/z"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "there is no file " + dir.resolve("none.yaml") + "\n"));
        assertThat(zabFed("znodes: [{path: /}]", "import", "-"))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "where to? The file does not say what its root was; give a PATH\n"));
        assertThat(zabFed("znodes: [{path: /}]", "import", "-", home + "/x/y").err())
                .isEqualTo("NONODE: the parent %1$s/x does not exist; 'create -p %1$s/x' creates it\n".formatted(home));
    }

    private void makeTree() {
        zab("create", home + "/a", "one");
        zab("create", home + "/a/b", "two\nlines\n");
        zab("create", home + "/a/b/c");
        zab("create", home + "/a/b-");
        try (ZabClient client = ZabClient.connect(connectString())) {
            client.setData(home + "/a/b-", Bytes.of(new byte[] {0, -1}), ZabClient.ANY_VERSION);
        }
    }
}
