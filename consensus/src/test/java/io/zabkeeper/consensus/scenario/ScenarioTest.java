package io.zabkeeper.consensus.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.zab.ZabMutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Performs every file of {@code scenarios/zab}. With {@code -Dscenario.record=true} the facts are written anew: read the
 * difference before you commit it, and commit only what you understand.
 */
final class ScenarioTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/scenarios/zab");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(Path::getFileName).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void what_happens_is_what_the_file_says(Path name) throws IOException {
        Path file = DIRECTORY.resolve(name);
        String text = Files.readString(file);
        Interpreter interpreter = new Interpreter(Set.of());

        String happened = interpreter.perform(Scenario.parse(text)).format();

        assertThat(interpreter.violated()).as(happened).isFalse();
        if (Boolean.getBoolean("scenario.record")) {
            Files.writeString(file, happened);
        } else {
            assertThat(happened).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void it_fails_when_its_rule_is_switched_off(Path name) throws IOException {
        Scenario scenario = Scenario.parse(Files.readString(DIRECTORY.resolve(name)));
        if (scenario.mutation() == null) {
            return;
        }
        Interpreter interpreter = new Interpreter(EnumSet.of(ZabMutation.valueOf(scenario.mutation())));

        Scenario happened = interpreter.perform(scenario);

        assertThat(happened.format()).isNotEqualTo(scenario.format());
    }
}
