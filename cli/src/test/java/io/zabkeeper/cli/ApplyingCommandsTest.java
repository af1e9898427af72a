package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code diff} and {@code apply} against Apache ZooKeeper. */
final class ApplyingCommandsTest extends CommandSuite {
    private String place = "";

    @BeforeEach
    void makePlace() throws IOException {
        place = home + "/app";
        Files.writeString(dir.resolve("wanted.yaml"), """
                root: %s/app
                znodes:
                - {path: /, data: root}
                - {path: /changed, data: new}
                - {path: /new}
                - {path: /new/below, data: x}
                - {path: /same, data: same}
                """.formatted(home));
        zab("create", place, "root");
        zab("create", place + "/changed", "older");
        zab("create", place + "/same", "same");
        zab("create", place + "/stray");
        zab("create", place + "/stray/below", "123");
    }

    @Test
    void tells_what_differs() {
        assertThat(zab("diff", "wanted.yaml")).isEqualTo(new CommandRun(1, plan("""
                        ~ %1$s/changed (data: 5 to 3 bytes)
                        + %1$s/new (0 bytes)
                        + %1$s/new/below (1 byte)
                        - %1$s/stray (0 bytes)
                        - %1$s/stray/below (3 bytes)
                        """), ""));
        assertThat(zab("diff", "-o", "json", "wanted.yaml").out())
                .startsWith("{\"change\":\"change\",\"path\":\"" + place
                        + "/changed\",\"detail\":\"data: 5 to 3 bytes\"}\n");
        zab("export", "-f", "same.yaml", place);
        assertThat(zab("diff", "same.yaml", place)).isEqualTo(new CommandRun(0, "", ""));
        assertThat(zab("diff", "same.yaml", home + "/none").out())
                .startsWith("+ " + home + "/none (4 bytes)\n+ " + home + "/none/changed (5 bytes)\n");
    }

    @Test
    void ends_with_another_code_when_it_cannot_tell() {
        assertThat(zab("diff", "none.yaml", place).exitCode()).isEqualTo(2);
        assertThat(zabFed("znodes: 7", "diff", "-", place))
                .isEqualTo(new CommandRun(2, "", "stdin:1: here belongs a list\n"));
        assertThat(zab("-s", "127.0.0.1:1", "--timeout", "0.3", "diff", "wanted.yaml", place)
                        .exitCode())
                .isEqualTo(3);
        assertThat(zab("diff", "--help").out()).contains("  1   they differ");
    }

    @Test
    void makes_the_service_as_the_file_has_it() {
        assertThat(zab("apply", "-f", "wanted.yaml")).isEqualTo(new CommandRun(ExitCode.DONE, plan("""
                        ~ %1$s/changed (data: 5 to 3 bytes)
                        + %1$s/new (0 bytes)
                        + %1$s/new/below (1 byte)
                        created 2, changed 1, deleted 0
                        """), ""));
        assertThat(zab("get", place + "/changed").out()).isEqualTo("new\n");
        assertThat(zab("apply", "-f", "wanted.yaml", "--prune").out()).isEqualTo(plan("""
                        - %1$s/stray (0 bytes)
                        - %1$s/stray/below (3 bytes)
                        created 0, changed 0, deleted 2
                        """));
        assertThat(zab("diff", "wanted.yaml").exitCode()).isZero();
        assertThat(zab("apply", "-f", "wanted.yaml", "--prune", "-o", "json").out())
                .isEqualTo("{\"applied\":true,\"created\":0,\"changed\":0,\"deleted\":0}\n");
        assertThat(zab("apply", "-f", "wanted.yaml", home + "/other").out())
                .endsWith("created 5, changed 0, deleted 0\n");
    }

    @Test
    void changes_nothing_in_a_dry_run() {
        assertThat(zab("apply", "-f", "wanted.yaml", "--prune", "--dry-run").out())
                .startsWith("~ ")
                .endsWith("would have created 2, changed 1, deleted 2\n");
        assertThat(zab("diff", "wanted.yaml").out().lines()).hasSize(5);
    }

    @Test
    void asks_at_a_terminal() {
        CommandRun refused = zabAsked("n\n", "apply", "-f", "wanted.yaml", "--prune");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).isEqualTo("create 2, change 1, delete 2? [y/N] nothing was changed\n");
        assertThat(zab("diff", "wanted.yaml").out().lines()).hasSize(5);
        assertThat(zabAsked("y\n", "apply", "-f", "wanted.yaml").exitCode()).isZero();
        assertThat(zabAsked("n\n", "apply", "-f", "wanted.yaml", "--prune", "--yes")
                        .exitCode())
                .isZero();
        assertThat(zab("diff", "wanted.yaml").exitCode()).isZero();
    }

    @Test
    void changes_nothing_that_is_not_as_the_plan_saw_it() {
        CommandRun changed =
                zabDisturbed(() -> zab("set", place + "/changed", "newer"), "apply", "-f", "wanted.yaml", "--prune");
        CommandRun grown =
                zabDisturbed(() -> zab("create", place + "/stray/below/more"), "apply", "-f", "wanted.yaml", "--prune");

        assertThat(changed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(changed.err())
                .isEqualTo("BADVERSION: " + place + "/changed is at another version, since others were at work"
                        + " meanwhile; nothing was changed\n");
        assertThat(grown.err()).startsWith("NOTEMPTY: " + place + "/stray/below has children");
        assertThat(zab("get", place + "/changed").out()).isEqualTo("newer\n");
        assertThat(zab("stat", place + "/new").exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void leaves_to_sessions_what_is_theirs() {
        try (ZabClient client = ZabClient.connect(connectString())) {
            client.create(place + "/e", Bytes.EMPTY, CreateOptions.EPHEMERAL);
            client.create(place + "/stray/e", Bytes.EMPTY, CreateOptions.EPHEMERAL);

            assertThat(zab("diff", "wanted.yaml").out()).doesNotContain("/e ");
            assertThat(zab("apply", "-f", "wanted.yaml", "--prune").err())
                    .startsWith("NOTEMPTY: " + place + "/stray has children");
            assertThat(client.exists(place + "/e")).isPresent();
        }
    }

    @Test
    void sets_the_rights_that_the_file_has() {
        zabFed(
                "znodes: [{path: /, data: root, acl: ['world:anyone:cdrwa', 'ip:10.0.0.1:r']}]",
                "apply",
                "-f",
                "-",
                place);

        assertThat(zab("acl", place).out()).isEqualTo("world:anyone:cdrwa\nip:10.0.0.1:r\n");
        assertThat(zabFed("znodes: [{path: /, data: root, acl: ['world:anyone:cdrwa']}]", "diff", "-", place)
                        .out())
                .startsWith("~ " + place + " (ACL)\n");
    }

    private String plan(String lines) {
        return lines.formatted(place);
    }
}
