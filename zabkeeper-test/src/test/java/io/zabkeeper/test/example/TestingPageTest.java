package io.zabkeeper.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the page are those of this package, word for word; Surefire runs them. */
final class TestingPageTest {
    private static final Path ROOT = Path.of(System.getProperty("zabkeeper.root", ".."));
    private static final Path SOURCES = ROOT.resolve("zabkeeper-test/src/test/java/io/zabkeeper/test/example");

    @ParameterizedTest
    @ValueSource(strings = {"GreetingTest", "LockTest", "ApacheProgramTest"})
    void has_the_example(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));

        assertThat(Files.readString(ROOT.resolve("docs/testing.md")))
                .contains("```java\n" + source.substring(source.indexOf("class " + name)) + "```\n");
    }
}
