package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.recipe.Rule.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineTest {
    private static final Line MUTEX = Line.of("lock-");
    private static final Line READ = new Line("__READ__", Set.of("__WRIT__"));
    private static final Line WRITE = new Line("__WRIT__", Set.of("__READ__", "__WRIT__"));

    @Test
    void puts_the_earliest_first() {
        List<String> names = List.of("b-lock-0000000003", "a-lock-0000000001", "c-lock-0000000002");

        assertThat(MUTEX.positionOf("a-lock-0000000001", names)).isEqualTo(Position.Granted.INSTANCE);
    }

    @Test
    void puts_everybody_behind_the_nearest_one_whatever_the_order_of_the_names() {
        List<String> names = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> String.format("%c-lock-%010d", 'a' + i % 7, i))
                .toList());
        List<String> line = List.copyOf(names);
        Collections.shuffle(names, new Random(1));

        for (int i = 1; i < line.size(); i++) {
            assertThat(MUTEX.positionOf(line.get(i), names)).isEqualTo(new Position.Behind(line.get(i - 1)));
        }
    }

    @Test
    void does_not_see_strangers() {
        List<String> names = List.of("config", "latch-0000000000", "lock-", "a-lock-0000000005");

        assertThat(MUTEX.positionOf("a-lock-0000000005", names)).isEqualTo(Position.Granted.INSTANCE);
    }

    @Test
    void has_no_place_for_one_whose_znode_is_gone() {
        assertThat(MUTEX.positionOf("a-lock-0000000001", List.of("b-lock-0000000002")))
                .isEqualTo(Position.Nowhere.INSTANCE);
        assertThat(MUTEX.positionOf("a-lock-0000000001", List.of())).isEqualTo(Position.Nowhere.INSTANCE);
    }

    @Test
    void goes_on_when_the_counter_runs_over() {
        List<String> names = List.of("a-lock--2147483648", "b-lock-2147483647");

        assertThat(MUTEX.positionOf("b-lock-2147483647", names)).isEqualTo(Position.Granted.INSTANCE);
        assertThat(MUTEX.positionOf("a-lock--2147483648", names)).isEqualTo(new Position.Behind("b-lock-2147483647"));
    }

    @Test
    void lets_readers_pass_readers_but_no_writer() {
        List<String> names = List.of(
                "a-__READ__0000000001",
                "b-__READ__0000000002",
                "c-__WRIT__0000000003",
                "d-__READ__0000000004",
                "e-__READ__0000000005",
                "f-__WRIT__0000000006");

        assertThat(READ.positionOf("a-__READ__0000000001", names)).isEqualTo(Position.Granted.INSTANCE);
        assertThat(READ.positionOf("b-__READ__0000000002", names)).isEqualTo(Position.Granted.INSTANCE);
        assertThat(WRITE.positionOf("c-__WRIT__0000000003", names))
                .isEqualTo(new Position.Behind("b-__READ__0000000002"));
        assertThat(READ.positionOf("d-__READ__0000000004", names))
                .isEqualTo(new Position.Behind("c-__WRIT__0000000003"));
        assertThat(READ.positionOf("e-__READ__0000000005", names))
                .isEqualTo(new Position.Behind("c-__WRIT__0000000003"));
        assertThat(WRITE.positionOf("f-__WRIT__0000000006", names))
                .isEqualTo(new Position.Behind("e-__READ__0000000005"));
    }

    @Test
    void gives_leases_up_to_their_number() {
        Leases two = new Leases(2);
        List<String> names = List.of("a-lease-0000000001", "b-lease-0000000002", "note");

        assertThat(two.positionOf("b-lease-0000000002", names)).isEqualTo(Position.Granted.INSTANCE);
        assertThat(two.positionOf(
                        "b-lease-0000000002",
                        List.of("a-lease-0000000001", "b-lease-0000000002", "c-lease-0000000003")))
                .isEqualTo(Position.Crowded.INSTANCE);
        assertThat(two.positionOf("c-lease-0000000003", names)).isEqualTo(Position.Nowhere.INSTANCE);
    }
}
