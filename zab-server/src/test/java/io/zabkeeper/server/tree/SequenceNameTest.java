package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Client protocol §4.4. */
class SequenceNameTest {
    @Test
    void pads_to_ten_characters_and_overflows_with_a_sign() {
        assertThat(SequenceName.append("/q/n-", 0)).isEqualTo("/q/n-0000000000");
        assertThat(SequenceName.append("/", 42)).isEqualTo("/0000000042");
        assertThat(SequenceName.append("/n", Integer.MAX_VALUE)).isEqualTo("/n2147483647");
        assertThat(SequenceName.append("/n", Integer.MIN_VALUE)).isEqualTo("/n-2147483648");
        assertThat(SequenceName.append("/n", -7)).isEqualTo("/n-000000007");
    }
}
