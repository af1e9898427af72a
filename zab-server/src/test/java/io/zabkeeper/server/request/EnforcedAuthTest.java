package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.server.auth.Authenticator;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.request.Auth;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.Ping;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §7.6: {@code enforce.auth.enabled}. */
class EnforcedAuthTest {
    private final OneMember member = new OneMember(new Authenticator("SHA-1", true, null, List.of("digest")));

    EnforcedAuthTest() {
        member.become(Role.LEADING, OneMember.SELF, true);
    }

    @Test
    void a_client_that_has_proven_nothing_is_told_and_closed() {
        RecordedPort client = member.client();

        member.send(client, 1, new Exists("/", false));

        assertThat(client.answer(1).error()).isEqualTo(ErrorCode.SESSION_CLOSED_REQUIRE_AUTH);
        assertThat(client.answer(1).zxid()).isZero();
        assertThat(client.end).isEqualTo(RecordedPort.End.AFTER_FLUSH);
    }

    @Test
    void not_even_a_ping_keeps_such_a_session() {
        RecordedPort client = member.client();

        member.send(client, -2, Ping.INSTANCE);

        assertThat(client.answer(-2).error()).isEqualTo(ErrorCode.SESSION_CLOSED_REQUIRE_AUTH);
    }

    @Test
    void a_client_that_proves_who_it_is_is_served() {
        RecordedPort client = member.client();

        member.send(client, -4, new Auth(0, "digest", Bytes.ofUtf8("bob:pw")));
        member.send(client, 1, new Exists("/", false));

        assertThat(client.answer(-4).error()).isEqualTo(ErrorCode.OK);
        assertThat(client.answer(1).error()).isEqualTo(ErrorCode.OK);
    }
}
