package io.zabkeeper.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Oracle.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random scripts give the same transcript here as on Apache ZooKeeper.
 *
 * <p>{@code -Doracle.operations} says how many operations each shape compares, {@code -Doracle.seed} where it begins.
 */
class OracleTest {
    private static final int OPERATIONS = Integer.getInteger("oracle.operations", 7_000);
    private static final long SEED = Long.getLong("oracle.seed", 1);
    private static final int MOST_DIFFERENCES = Integer.getInteger("oracle.differences", 3);

    @Test
    void a_standalone_server_answers_as_the_reference_does() throws IOException {
        compare("standalone", 1, "extendedTypesEnabled=false");
    }

    @Test
    void so_it_does_with_extended_types() throws IOException {
        compare("extended types", 1, "extendedTypesEnabled=true");
    }

    @Test
    void three_members_answer_as_the_reference_does() throws IOException {
        compare("three members", 3, "extendedTypesEnabled=true");
    }

    private static void compare(String shape, int members, String... settings) throws IOException {
        List<String> differences = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        int compared = 0;
        long seed = SEED;
        try (Oracle oracle = Oracle.start(members, settings)) {
            while (compared < OPERATIONS && differences.size() < MOST_DIFFERENCES) {
                Pair pair = oracle.play(ScriptGenerator.script(seed++, members));
                compared += pair.compared();
                Difference first = pair.difference();
                if (first != null && kinds.add(first.kind())) {
                    Difference difference = oracle.shrink(first);
                    System.out.println(difference);
                    differences.add(difference.toString());
                }
            }
        }
        System.out.printf("oracle, %s: %,d operations compared, seeds %d to %d%n", shape, compared, SEED, seed - 1);
        assertThat(differences).as("replay: -Doracle.seed of the script").isEmpty();
    }
}
