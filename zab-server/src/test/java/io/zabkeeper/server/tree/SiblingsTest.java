package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiblingsTest {
    private final Siblings siblings = new Siblings();

    @Test
    void counts_by_parent() {
        siblings.count(1);
        siblings.count(7);
        siblings.count(1);

        assertThat(siblings.countOf(1)).isEqualTo(2);
        assertThat(siblings.countOf(7)).isEqualTo(1);
        assertThat(siblings.countOf(2)).isZero();
    }

    @Test
    void never_forgets_a_name() {
        NameHash hashes = new NameHash(7);
        int others = 0;
        for (int i = 0; i < 100_000; i++) {
            others += siblings.isNew(i % 20, hashes.of(name(i), 0, 4)) ? 0 : 1;
        }

        for (int i = 0; i < 100_000; i++) {
            assertThat(siblings.isNew(i % 20, hashes.of(name(i), 0, 4))).isFalse();
        }
        assertThat(others).as("taken for another").isZero();
    }

    @Test
    void tells_the_children_of_two_parents_apart() {
        assertThat(siblings.isNew(1, 42)).isTrue();
        assertThat(siblings.isNew(2, 42)).isTrue();
        assertThat(siblings.isNew(1, 42)).isFalse();
    }

    private static byte[] name(int i) {
        return new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16), 'n'};
    }
}
