package io.zabkeeper.bench.house;

import io.zabkeeper.bench.house.JavaSources.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The largest of everything, as a page that is committed: growth becomes a line of the same diff.
 *
 * <p>Amounts are rounded up, and only growth by more than one step is a difference, so that small changes of many people
 * at once do not fight over this page. What shrank is found when somebody writes the page anew.
 */
final class Ledger {
    private static final int TOP = 10;
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\d+) \\|");

    /** @param step amounts are rounded up to a multiple of it */
    private record Table(String title, String unit, int step, List<Measured> rows) {}

    private final List<Table> tables = new ArrayList<>();

    static Ledger of(SourceTree tree, JavaSources sources) {
        List<Measured> files = tree.paths(".java").stream()
                .map(path -> new Measured(path, tree.lines(path).size() - 1L))
                .toList();
        List<Measured> packages = sources.publicTypes.entrySet().stream()
                .map(entry -> new Measured(entry.getKey(), entry.getValue()))
                .toList();
        Ledger ledger = new Ledger();
        ledger.add(new Table("Largest files", "lines", 25, filtered(files, false)), TOP);
        ledger.add(new Table("Largest files of tests", "lines", 25, filtered(files, true)), TOP);
        ledger.add(new Table("Longest methods", "lines", 5, sources.methods), TOP);
        ledger.add(new Table("Classes by mutable fields", "fields", 2, sources.mutableFields), TOP);
        ledger.add(new Table("Files by imports from other packages", "imports", 5, sources.collaborators), TOP);
        ledger.add(new Table("Public types of a package", "types", 5, packages), packages.size());
        return ledger;
    }

    private static List<Measured> filtered(List<Measured> files, boolean tests) {
        return files.stream()
                .filter(file -> JavaSources.isTest(file.name()) == tests)
                .toList();
    }

    /** Keeps the largest; overloaded methods and the like count as the largest of their name. */
    private void add(Table table, int count) {
        Map<String, Long> largest = new LinkedHashMap<>();
        for (Measured row : table.rows()) {
            long rounded = (row.amount() + table.step() - 1) / table.step() * table.step();
            largest.merge(row.name(), rounded, Math::max);
        }
        List<Measured> rows = largest.entrySet().stream()
                .map(entry -> new Measured(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Measured::amount).reversed().thenComparing(Measured::name))
                .limit(count)
                .toList();
        tables.add(new Table(table.title(), table.unit(), table.step(), rows));
    }

    String text(String command) {
        StringBuilder text = new StringBuilder("# The growth ledger\n\n")
                .append("Generated; compared by `HouseTest`, which fails when something grew by more than one step.\n")
                .append("Write it anew, and say in the commit why it grew:\n\n```\n")
                .append(command)
                .append("\n```\n");
        for (Table table : tables) {
            text.append("\n## ").append(table.title()).append("\n\n| | ").append(table.unit());
            text.append(", rounded up to ").append(table.step()).append(" |\n|---|---|\n");
            for (Measured row : table.rows()) {
                text.append("| `")
                        .append(row.name())
                        .append("` | ")
                        .append(row.amount())
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    /** What grew by more than one step since the page was written; a newcomer is compared with the least one there. */
    List<String> grownSince(String committed) {
        List<String> grown = new ArrayList<>();
        for (Table table : tables) {
            Map<String, Long> before = rowsOf(committed, table.title());
            long least =
                    before.values().stream().mapToLong(Long::longValue).min().orElse(0);
            for (Measured row : table.rows()) {
                long known = before.getOrDefault(row.name(), least);
                if (row.amount() > known + table.step()) {
                    grown.add(table.title() + ": " + row.name() + " has " + row.amount() + " " + table.unit()
                            + ", the ledger says " + known);
                }
            }
        }
        return grown;
    }

    private static Map<String, Long> rowsOf(String page, String title) {
        Map<String, Long> rows = new LinkedHashMap<>();
        int start = page.indexOf("\n## " + title + "\n");
        if (start < 0) {
            return rows;
        }
        int end = page.indexOf("\n## ", start + 1);
        Matcher row = ROW.matcher(page.substring(start, end < 0 ? page.length() : end));
        while (row.find()) {
            rows.put(row.group(1), Long.parseLong(row.group(2)));
        }
        return rows;
    }
}
