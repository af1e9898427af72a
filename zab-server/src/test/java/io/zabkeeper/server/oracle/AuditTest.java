package io.zabkeeper.server.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written down with {@code audit.enable}, and that nothing is without. */
class AuditTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<Acl> BOB_ALONE =
            List.of(new Acl(Permission.ALL, new AuthId("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")));

    @Test
    void changes_and_refusals_are_written_down_with_who_and_from_where() throws IOException {
        try (Subject server = Subject.own(1, "audit.enable=true")) {
            String session;
            try (WireClient client = server.connect(1)) {
                session = "session=0x" + Long.toHexString(client.session().id()) + "\t";
                client.call(Ask.create("/a", null, 0));
                client.call(Ask.create("/a/s-", null, 3));
                client.call(Ask.setData("/a", new byte[3], -1));
                client.call(Ask.setData("/a", new byte[3], 77));
                client.call(Ask.delete("/none\nforged", -1));
                client.call(Ask.multi(OpCode.MULTI, List.of(Ask.create("/m", null, 0), Ask.delete("/none", -1))));
                client.call(Ask.setAcl("/a", BOB_ALONE, -1));
                client.call(Ask.getData("/a", false));
                client.call(Ask.auth("digest", "bob:pw".getBytes(UTF_8)));
                client.call(Ask.getData("/a", false));
                client.call(Ask.create("/by-bob", null, 0));
                client.call(Ask.of(OpCode.CLOSE_SESSION));
            }
            try (WireClient stranger = server.connect(1)) {
                stranger.call(Ask.auth("nobody", "knows".getBytes(UTF_8)));
            }
            String who = session + "user=127.0.0.1\tip=127.0.0.1\toperation=";
            List<String> expected = List.of(
                    "operation=serverStart\tresult=success",
                    who + "create\tznode=/a\tznode_type=persistent\tresult=success",
                    who + "create\tznode=/a/s-0000000000\tznode_type=ephemeral_sequential\tresult=success",
                    who + "setData\tznode=/a\tresult=success",
                    who + "setData\tznode=/a\tresult=failure\terror=BADVERSION",
                    who + "delete\tznode=/none\\u000aforged\tresult=failure\terror=NONODE",
                    who + "create\tznode=/m\tznode_type=persistent\tresult=failure\terror=RUNTIME_INCONSISTENCY",
                    who + "delete\tznode=/none\tresult=failure\terror=NONODE",
                    who + "setAcl\tznode=/a\tacl=digest:bob:x:cdrwa\tresult=success",
                    who + "get_data\tznode=/a\tresult=failure\terror=NOAUTH",
                    session + "user=127.0.0.1,bob\tip=127.0.0.1\toperation=create\tznode=/by-bob"
                            + "\tznode_type=persistent\tresult=success",
                    session + "operation=ephemeralZNodeDeletionOnSessionCloseOrExpire\tznode=/a/s-0000000000"
                            + "\tresult=success");

            Eventually.holds(
                    "the last line",
                    SOON,
                    () -> lines(server).stream()
                            .anyMatch(line -> line.endsWith("operation=auth\tresult=failure\terror=AUTH_FAILED")));

            assertThat(lines(server)).hasSize(expected.size() + 1).startsWith(expected.toArray(String[]::new));
        }
    }

    @Test
    void nothing_is_written_down_unless_it_is_asked_for() throws IOException {
        try (Subject server = Subject.own(1);
                WireClient client = server.connect(1)) {
            client.call(Ask.create("/a", null, 0));

            assertThat(lines(server)).isEmpty();
        }
    }

    private static List<String> lines(Subject server) throws IOException {
        return server.member(1)
                .log()
                .lines()
                .filter(line -> line.contains(" AuditLog "))
                .map(line -> line.substring(line.indexOf(" AuditLog ") + " AuditLog ".length()))
                .toList();
    }
}
