package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangedNodesTest {
    private final ChangedNodes changed = new ChangedNodes();

    private static Znode node(long id) {
        return Znode.created(id, 1, 7, 8, Owner.NOBODY, 1, new byte[] {'n'}, null);
    }

    @Test
    void the_last_state_of_each_znode_is_what_counts() {
        Random random = new Random(1);
        Map<Long, Znode> expected = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            long id = 1L + random.nextInt(10_000);
            if (random.nextInt(4) == 0) {
                changed.putGone(id);
                expected.put(id, null);
            } else {
                Znode state = node(id);
                changed.put(state);
                expected.put(id, state);
            }
        }

        assertThat(changed.size()).isEqualTo(expected.size());
        assertThat(changed.sortedIds())
                .containsExactly(
                        expected.keySet().stream().mapToLong(Long::longValue).toArray());
        expected.forEach((id, state) -> assertThat(changed.get(id)).isSameAs(state));
    }

    @Test
    void what_has_not_changed_is_not_there() {
        changed.put(node(5));

        assertThat(changed.get(6)).isNull();
        assertThat(changed.sortedIds()).containsExactly(5);
    }
}
