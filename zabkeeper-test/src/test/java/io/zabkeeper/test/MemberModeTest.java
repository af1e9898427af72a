package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemberModeTest {
    @Test
    void is_what_the_line_says() {
        assertThat(MemberMode.of("Zookeeper version: 3.9\nMode: leader\nNode count: 5\n"))
                .isEqualTo(MemberMode.LEADER);
        assertThat(MemberMode.of("Zxid: 0x1\nMode: follower\n")).isEqualTo(MemberMode.FOLLOWER);
        assertThat(MemberMode.of("Zxid: 0x1\nMode: standalone\n")).isEqualTo(MemberMode.STANDALONE);
    }

    @Test
    void is_not_serving_without_a_line() {
        assertThat(MemberMode.of("This ZooKeeper instance is not currently serving requests\n"))
                .isEqualTo(MemberMode.NOT_SERVING);
    }

    @Test
    void is_down_where_nobody_listens() {
        int port = Ports.claim(1).get(0);

        assertThat(MemberMode.ask(port)).isEqualTo(MemberMode.DOWN);
    }
}
