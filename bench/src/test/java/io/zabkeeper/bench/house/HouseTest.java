package io.zabkeeper.bench.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.bench.house.JavaSources.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house over the whole tree; a failure names each place and what to do there. */
class HouseTest {
    private static final String LEDGER = "docs/house.md";
    private static final String WRITE_LEDGER =
            "mvn -q -pl bench -am test -Dtest=HouseTest -Dhouse.write" + " -Dsurefire.failIfNoSpecifiedTests=false";

    /** Where a file may lie. A new place is a line here, in the commit that needs it. */
    private static final List<Pattern> LAYOUT = patterns(
            "[A-Z]+\\.md",
            "LICENSE",
            "pom\\.xml",
            "\\.(editorconfig|gitattributes|gitignore)",
            "\\.mvn/[a-z.]+",
            "\\.ci/[a-z-]+",
            "bin/[a-z.-]+",
            "conf/[a-z.-]+",
            "docs/[a-z-]+\\.(md|txt)",
            "docs/adr/\\d{4}-[a-z0-9-]+\\.md",
            "docs/protocols/[a-z]+\\.md",
            "MODULE/pom\\.xml",
            "MODULE/src/(main|test)/java/io/zabkeeper(/[a-z]+)*/([A-Z]\\w*|package-info)\\.java",
            "MODULE/src/(main|test)/resources/.+",
            "(cli|zab-server)/src/main/scripts/[a-z-]+\\.sh",
            "zab-server/src/main/protobuf/[a-z]+\\.proto",
            "bench/(README\\.md|results/.+|bin/[a-z.-]+)",
            "(cli|client|zab-server)/src/test/(python|c|javascript)/.+");

    /** A11. The loops that turn any failure into an end, and handlers that must not let one escape into a library. */
    private static final Set<String> MAY_CATCH_ANYTHING = new TreeSet<>(List.of(
            "Checkpointer.java",
            "FailStop.java",
            "Main.java",
            "Replica.java",
            "SegmentedLog.java",
            "Turn.java",
            "ZabServer.java"));

    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|proto|xml|md|txt|cfg|properties|options|py|sh|config)|bin/.*|\\.ci/.*");
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b(?!.*#\\d)");
    private static final Pattern RULE = Pattern.compile("\\b([FZRL]-\\d+|[AD]\\d{1,2})\\b");
    private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern INTRODUCTION =
            Pattern.compile("/\\*\\*.*?\\w+\\W*\\.\\s.*?@(org\\.jspecify\\.annotations\\.)?NullMarked", Pattern.DOTALL);
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");

    private static SourceTree tree;
    private static JavaSources sources;

    @BeforeAll
    static void read_the_tree() throws IOException {
        tree = new SourceTree(Path.of(System.getProperty("zabkeeper.root", ".."))
                .toAbsolutePath()
                .normalize());
        sources = JavaSources.parse(tree);
    }

    @Test
    void every_package_introduces_itself() {
        List<String> silent = new ArrayList<>();
        Set<String> packages = new TreeSet<>();
        for (String path : tree.paths(".java")) {
            if (!JavaSources.isTest(path)) {
                packages.add(path.substring(0, path.lastIndexOf('/')));
            }
        }
        for (String folder : packages) {
            String path = folder + "/package-info.java";
            if (!tree.exists(path)) {
                silent.add(path + ": is missing; write what the package owns");
            } else if (!INTRODUCTION.matcher(tree.text(path)).find()) {
                silent.add(path + ": needs a first sentence and @NullMarked");
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void every_suppression_has_a_reason() {
        assertThat(found(sources.suppressions, (place, text) -> !hasComment(place)))
                .as("write the reason as a comment on the same line or the one above")
                .isEmpty();
        assertThat(sources.disabledTests)
                .as("a test is disabled with the reason as its argument")
                .isEmpty();
    }

    private static boolean hasComment(Found place) {
        List<String> lines = tree.lines(place.path());
        int index = (int) place.line() - 1;
        String above = index == 0 ? "" : lines.get(index - 1).strip();
        return lines.get(index).contains("//") || above.startsWith("//") || above.endsWith("*/");
    }

    @Test
    void every_loose_end_has_an_issue() {
        assertThat(linesOf(path -> !path.startsWith("bench/results/"), LOOSE_END))
                .as("name the issue as #number on the line, or do it")
                .isEmpty();
    }

    /** A15. A command may wait between two looks at the processes that it started. */
    @Test
    void nobody_sleeps() {
        assertThat(found(sources.sleeps, (place, call) -> !place.path().startsWith("cli/src/main/")))
                .as("poll with a deadline, or wait for what you wait for")
                .isEmpty();
    }

    /** A15. */
    @Test
    void tests_use_one_engine_and_no_mocks() {
        assertThat(found(
                        sources.imports,
                        (place, name) -> name.startsWith("org.mockito")
                                || name.startsWith("junit.framework")
                                || name.matches("org\\.junit\\.[A-Z].*")))
                .isEmpty();
    }

    /** A11. */
    @Test
    void only_the_listed_catch_anything() {
        assertThat(found(
                        sources.catches,
                        (place, types) -> !JavaSources.isTest(place.path())
                                && types.matches("(.*\\|)?\\s*(Throwable|Exception|Error)\\s*(\\|.*)?")
                                && !MAY_CATCH_ANYTHING.contains(
                                        place.path().substring(place.path().lastIndexOf('/') + 1))))
                .as("catch what can happen; a loop that must catch everything is listed in HouseTest")
                .isEmpty();
    }

    @Test
    void text_is_clean() {
        List<String> dirty = new ArrayList<>();
        for (String path : tree.paths()) {
            if (!TEXT.matcher(path).matches()) {
                continue;
            }
            List<String> lines = tree.lines(path);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean mayTrail = path.endsWith(".md") || path.contains("/resources/");
                if (line.indexOf('\t') >= 0 || line.indexOf('\r') >= 0) {
                    dirty.add(path + ":" + (i + 1) + ": a tab or carriage return");
                } else if (!mayTrail && line.endsWith(" ")) {
                    dirty.add(path + ":" + (i + 1) + ": a space at the end");
                }
            }
            if (!tree.text(path).isEmpty() && !tree.text(path).endsWith("\n")) {
                dirty.add(path + ": no newline at the end");
            }
        }
        assertThat(dirty).isEmpty();
    }

    @Test
    void names_are_ascii() {
        assertThat(sources.oddNames).isEmpty();
    }

    @Test
    void every_file_has_its_place() {
        List<String> strays = tree.paths().stream()
                .filter(path ->
                        LAYOUT.stream().noneMatch(place -> place.matcher(path).matches()))
                .toList();
        assertThat(strays)
                .as("move it, ignore it, or add the place to LAYOUT in HouseTest")
                .isEmpty();
    }

    @Test
    void every_resource_of_a_test_is_used() {
        String java = tree.paths(".java").stream()
                .filter(JavaSources::isTest)
                .map(tree::text)
                .collect(Collectors.joining("\n"));
        List<String> unused = tree.paths().stream()
                .filter(path -> path.contains("/src/test/resources/"))
                .filter(path -> !path.matches(".*/(logback-test\\.xml|junit-platform\\.properties)"))
                .filter(path -> {
                    String[] parts =
                            path.substring(path.indexOf("/resources/") + 11).split("/", -1);
                    return List.of(parts).stream()
                            .noneMatch(part -> java.contains("\"" + part) || java.contains("/" + part));
                })
                .toList();
        assertThat(unused).as("no test names these files or their folders").isEmpty();
    }

    @Test
    void every_rule_that_is_cited_exists() {
        Set<String> rules = new TreeSet<>();
        for (String line : tree.lines("docs/rules.txt")) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                rules.add(line.substring(0, line.indexOf(' ')));
            }
        }
        Set<String> unknown = new TreeSet<>();
        Set<String> tested = new TreeSet<>();
        for (String path : tree.paths(".java")) {
            Matcher comment = COMMENT.matcher(tree.text(path));
            while (comment.find()) {
                Matcher rule = RULE.matcher(comment.group());
                while (rule.find()) {
                    if (!rules.contains(rule.group())) {
                        unknown.add(path + ": " + rule.group());
                    } else if (JavaSources.isTest(path)) {
                        tested.add(rule.group());
                    }
                }
            }
        }
        rules.removeAll(tested);
        System.out.println("Rules that no test cites: " + String.join(" ", rules));
        assertThat(unknown).as("docs/rules.txt has no such rule").isEmpty();
    }

    @Test
    void the_architecture_names_what_exists() {
        List<String> missing = new ArrayList<>();
        Matcher span = CODE_SPAN.matcher(tree.text("ARCHITECTURE.md"));
        while (span.find()) {
            String name = span.group(1);
            if (name.matches("[A-Z][a-z0-9]\\w*(\\.\\w+)*") && !hasType(name.replaceAll("\\..*", ""))) {
                missing.add(name + ": no such class");
            } else if (name.matches("\\.?[a-z][\\w.-]*(/[\\w.-]+)+/?") && !hasPath(name)) {
                missing.add(name + ": no such file or folder");
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean hasType(String name) {
        return tree.paths().stream().anyMatch(path -> path.endsWith("/" + name + ".java"));
    }

    /** A path from the root, or the last folders of a class or package. */
    private static boolean hasPath(String name) {
        String bare = name.replaceAll("/$", "");
        return tree.exists(bare)
                || tree.paths().stream()
                        .anyMatch(path -> path.endsWith("/" + bare + ".java") || path.contains("/" + bare + "/"));
    }

    @Test
    void growth_is_written_down() throws IOException {
        Ledger ledger = Ledger.of(tree, sources);
        if (System.getProperty("house.write") != null) {
            Files.writeString(tree.file(LEDGER), ledger.text(WRITE_LEDGER), StandardCharsets.UTF_8);
            return;
        }
        assertThat(tree.exists(LEDGER))
                .as("write " + LEDGER + ": " + WRITE_LEDGER)
                .isTrue();
        assertThat(ledger.grownSince(tree.text(LEDGER)))
                .as("split it, or write the ledger anew and say in the commit why it grew: " + WRITE_LEDGER)
                .isEmpty();
    }

    private static List<Found> found(List<Found> all, BiPredicate<Found, String> wrong) {
        return all.stream().filter(place -> wrong.test(place, place.text())).toList();
    }

    private static List<String> linesOf(Predicate<String> wanted, Pattern pattern) {
        List<String> places = new ArrayList<>();
        for (String path : tree.paths()) {
            if (TEXT.matcher(path).matches() && wanted.test(path)) {
                List<String> lines = tree.lines(path);
                for (int i = 0; i < lines.size(); i++) {
                    if (pattern.matcher(lines.get(i)).find()) {
                        places.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        }
        return places;
    }

    private static List<Pattern> patterns(String... places) {
        List<Pattern> patterns = new ArrayList<>();
        for (String place : places) {
            patterns.add(Pattern.compile(
                    place.replace("MODULE", "(wire|consensus|zab-server|client|zabkeeper-test|cli|bench)")));
        }
        return patterns;
    }
}
