package io.zabkeeper.server.admin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final Deque<Runnable> paused = new ArrayDeque<>();
    private final Steps steps = new Steps(paused::addLast);
    private final List<String> told = new ArrayList<>();

    @Test
    void what_is_short_is_there_at_once() {
        steps.run(collection("a", 1));

        assertThat(told).containsExactly("a1", "a done");
        assertThat(paused).isEmpty();
    }

    @Test
    void what_is_long_pauses_after_each_step() {
        steps.run(collection("a", 3));
        assertThat(told).containsExactly("a1");

        goOn();
        assertThat(told).containsExactly("a1", "a2");

        goOn();
        assertThat(told).containsExactly("a1", "a2", "a3", "a done");
        assertThat(paused).isEmpty();
    }

    /** Many who ask cost the loop no more than one. */
    @Test
    void there_is_one_step_between_two_pauses_however_many_ask() {
        steps.run(collection("a", 2));
        steps.run(collection("b", 1));
        steps.run(collection("c", 1));
        assertThat(told).containsExactly("a1");

        goOn();
        assertThat(told).containsExactly("a1", "a2", "a done");
        goOn();
        assertThat(told).endsWith("b1", "b done");
        goOn();
        assertThat(told).endsWith("c1", "c done");
        assertThat(paused).isEmpty();

        steps.run(collection("d", 1));
        assertThat(told).endsWith("d1", "d done");
    }

    private void goOn() {
        assertThat(paused).hasSize(1);
        paused.removeFirst().run();
    }

    private Steps.Collection collection(String name, int size) {
        return new Steps.Collection() {
            private int made;

            @Override
            public boolean step() {
                made++;
                told.add(name + made);
                return made < size;
            }

            @Override
            public void done() {
                told.add(name + " done");
            }
        };
    }
}
