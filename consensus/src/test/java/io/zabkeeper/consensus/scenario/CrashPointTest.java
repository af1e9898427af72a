package io.zabkeeper.consensus.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A member crashes before each single effect of a story, in every role of it, with some of what its disk had not synced:
 * the ensemble always recovers, and every property holds all the way (ZK-4785, ZK-1653, ZK-2872).
 */
final class CrashPointTest {
    private static final int MOST_EFFECTS = 2_000;

    /** Formation of an epoch, writes, a DIFF, a truncation and a snapshot. */
    private static final List<String> STORY = List.of(
            "elect 1 of 1 2",
            "run 40",
            "write 1 3",
            "run 20",
            "elect 1 of 3",
            "run 40",
            "write 2 3",
            "run 30",
            "isolate 1",
            "write 1 2",
            "run 10",
            "elect 2 of 2 3",
            "run 40",
            "write 2 8",
            "run 60",
            "write 3 8",
            "run 60",
            "heal",
            "elect 2 of 1",
            "run 60",
            "elect 3 of 1 2 3",
            "run 60");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_ensemble_recovers_from_a_crash_before_each_effect(int member) {
        int points = 0;
        boolean struck = true;
        while (struck && points < MOST_EFFECTS) {
            points++;
            struck = crashBefore(member, points);
        }

        assertThat(struck).as("the story has an end").isFalse();
        assertThat(points).isGreaterThan(100);
    }

    /** Whether the story was long enough for the crash to strike. */
    private static boolean crashBefore(int member, int effect) {
        List<String> plan =
                List.of("ensemble 3 retained=500 checkpoint=6", "crash-before-effect " + member + " " + effect);
        Scenario.Block story = new Scenario.Block(STORY, List.of());
        Scenario.Block end = new Scenario.Block(List.of("start " + member, "run 60", "recover"), List.of());
        Interpreter interpreter = new Interpreter(Set.of());

        Scenario happened = interpreter.perform(
                new Scenario(List.of(), null, List.of(new Scenario.Block(plan, List.of()), story, end)));

        String text = happened.format();
        assertThat(interpreter.violated()).as("effect %d\n%s", effect, text).isFalse();
        return text.contains(member + " crashes");
    }
}
