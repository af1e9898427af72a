package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.wire.reply.ConnectReply;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Client protocol §6, gotcha 66. */
class SessionIdsTest {
    private static final NodeId SELF = new NodeId(3);
    private static final long SECONDS = 1_700_000_000L;

    @Test
    void the_top_byte_is_the_member() {
        assertThat(new SessionIds(SELF, SECONDS).next() >>> 56).isEqualTo(3);
        assertThat(new SessionIds(new NodeId(255), SECONDS).next() >>> 56).isEqualTo(255);
    }

    /** An incarnation grows by one where the clock has gone back, see Identity. */
    @Test
    void two_lives_share_no_name_though_the_second_began_with_the_clock_set_back() {
        Set<Long> used = new HashSet<>();
        SessionIds first = new SessionIds(SELF, SECONDS);
        SessionIds second = new SessionIds(SELF, SECONDS + 1);
        for (int i = 0; i < 200_000; i++) {
            assertThat(used.add(first.next())).isTrue();
        }
        for (int i = 0; i < 200_000; i++) {
            assertThat(used.add(second.next())).isTrue();
        }
        assertThat(second.next() - first.next()).isEqualTo(1_000L << 16);
    }

    @Test
    void a_password_is_long_enough_and_another_each_time() {
        SessionIds ids = new SessionIds(SELF, SECONDS);

        assertThat(ids.password().length()).isEqualTo(ConnectReply.PASSWORD_SIZE);
        assertThat(ids.password()).isNotEqualTo(ids.password());
    }
}
