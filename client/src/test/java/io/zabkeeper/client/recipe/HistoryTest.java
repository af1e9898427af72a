package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.client.recipe.History.Tenure;
import org.junit.jupiter.api.Test;

/** The checker of the other tests: it finds what it is there for. */
final class HistoryTest {
    private final History history = new History();

    @Test
    void is_that_of_a_mutex_when_one_follows_another() {
        history.add(new Tenure("b", 2, 20, 30));
        history.add(new Tenure("a", 1, 10, 20));

        assertThat(history.faults(1)).isEmpty();
    }

    @Test
    void is_not_when_two_overlap() {
        history.add(new Tenure("a", 1, 10, 21));
        history.add(new Tenure("b", 2, 20, 30));

        assertThat(history.faults(1)).hasSize(1).first().asString().startsWith("2 at once");
        assertThat(history.faults(2)).isEmpty();
    }

    @Test
    void is_not_when_tokens_fall_or_come_twice() {
        history.add(new Tenure("a", 2, 10, 20));
        history.add(new Tenure("b", 1, 20, 30));
        history.add(new Tenure("c", 1, 30, 40));

        assertThat(history.faults(1))
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("a token was given out twice"))
                .anyMatch(fault -> fault.startsWith("tokens do not grow"));
    }

    @Test
    void sees_a_third_beside_two_that_overlap() {
        history.add(new Tenure("a", 1, 10, 40));
        history.add(new Tenure("b", 2, 20, 30));
        history.add(new Tenure("c", 3, 25, 35));

        assertThat(history.faults(2)).hasSize(1);
        assertThat(history.faults(3)).isEmpty();
    }
}
