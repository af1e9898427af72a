package io.zabkeeper.bench.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path root;

    @Test
    void amounts_are_rounded_up() throws IOException {
        write(
                "Long.java",
                "class Long {\n    int a;\n    static int b;\n    final int c = 1;\n" + "    // More.\n".repeat(30)
                        + "}\n");

        assertThat(ledger().text("write it"))
                .contains("| `m/src/main/java/p/Long.java` | 50 |\n")
                .contains("| `p.Long` | 2 |\n")
                .contains("\nwrite it\n");
    }

    @Test
    void one_step_of_growth_is_tolerated_and_two_are_not() throws IOException {
        write("Long.java", "class Long {\n" + "    // More.\n".repeat(97) + "}\n");
        String before = ledger().text("");
        write("Long.java", "class Long {\n" + "    // More.\n".repeat(122) + "}\n");
        Ledger oneStep = ledger();
        write("Long.java", "class Long {\n" + "    // More.\n".repeat(123) + "}\n");
        Ledger twoSteps = ledger();

        assertThat(oneStep.grownSince(before)).isEmpty();
        assertThat(twoSteps.grownSince(before))
                .containsExactly("Largest files: m/src/main/java/p/Long.java has 150 lines, the ledger says 100");
    }

    @Test
    void a_newcomer_is_compared_with_the_least_one_written_down() throws IOException {
        write("Long.java", "class Long {\n" + "    // More.\n".repeat(97) + "}\n");
        String before = ledger().text("");
        write("New.java", "class New {\n" + "    // More.\n".repeat(147) + "}\n");

        assertThat(ledger().grownSince(before))
                .containsExactly("Largest files: m/src/main/java/p/New.java has 150 lines, the ledger says 100");
    }

    private Ledger ledger() throws IOException {
        SourceTree tree = new SourceTree(root);
        return Ledger.of(tree, JavaSources.parse(tree));
    }

    private void write(String name, String text) throws IOException {
        Path folder = Files.createDirectories(root.resolve("m/src/main/java/p"));
        Files.writeString(folder.resolve(name), "package p;\n" + text, StandardCharsets.UTF_8);
    }
}
