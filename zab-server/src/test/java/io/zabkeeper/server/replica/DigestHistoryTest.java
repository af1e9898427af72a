package io.zabkeeper.server.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestHistoryTest {
    private final DigestHistory history = new DigestHistory();

    /** As ZooKeeper does, so that one can be laid beside the other. */
    @Test
    void every_128th_position_counts() {
        assertThat(DigestHistory.isKept(0x1_0000_0080L)).isTrue();
        assertThat(DigestHistory.isKept(0x1_0000_0000L)).isTrue();
        assertThat(DigestHistory.isKept(0x1_0000_0081L)).isFalse();
    }

    @Test
    void keeps_the_last_1024() {
        for (int i = 1; i <= 1_030; i++) {
            history.add(128L * i, i);
        }

        assertThat(history.kept()).hasSize(1_024);
        assertThat(history.kept().get(0)).isEqualTo(new DigestHistory.Kept(128 * 7, 7));
        assertThat(history.kept().get(1_023)).isEqualTo(new DigestHistory.Kept(128 * 1_030, 1_030));
    }

    @Test
    void begins_anew_with_another_state() {
        history.add(128, 1);

        history.clear();
        history.add(256, 2);

        assertThat(history.kept()).containsExactly(new DigestHistory.Kept(256, 2));
    }
}
