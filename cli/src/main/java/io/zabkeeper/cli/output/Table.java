package io.zabkeeper.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Rows under headings, columns as wide as their widest cell. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Style> styles = new ArrayList<>();

    public Table(String... headings) {
        row(Style.FAINT, headings);
    }

    /** Adds a row; the style is for all of it. */
    public void row(Style style, String... cells) {
        rows.add(List.of(cells));
        styles.add(style);
    }

    /** The lines of the table; {@code paint} applies a style where the destination has styles. */
    public List<String> lines(BiFunction<Style, String, String> paint) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < rows.get(row).size(); column++) {
                String cell = rows.get(row).get(column);
                line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
            }
            lines.add(paint.apply(styles.get(row), line.toString().stripTrailing()));
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
