package io.zabkeeper.server.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The syntax of Java property files, with the line of every key; {@link java.util.Properties} forgets it, and forgets
 * what was written twice.
 *
 * <p>Comments begin with {@code #} or {@code !}; a backslash at the end continues a line; {@code =}, {@code :} or white
 * space end a key; {@code \t \n \r \f \\uXXXX} are escapes and any other escaped character is itself. A value loses the
 * white space around it, as in ZooKeeper.
 */
final class PropertiesText {
    private final String file;
    private final String[] lines;
    private final List<Setting> settings = new ArrayList<>();

    private PropertiesText(String file, String text) {
        this.file = file;
        this.lines = text.split("\r\n|\r|\n", -1);
    }

    static List<Setting> parse(String file, String text) throws ConfigException {
        PropertiesText parser = new PropertiesText(file, text);
        for (int next = 0; next < parser.lines.length; ) {
            next = parser.readFrom(next);
        }
        return parser.settings;
    }

    /** Reads one logical line; returns the index of the next one. */
    private int readFrom(int first) throws ConfigException {
        String line = lines[first].stripLeading();
        int next = first + 1;
        if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '!') {
            return next;
        }
        StringBuilder joined = new StringBuilder(line);
        while (isContinued(joined)) {
            joined.setLength(joined.length() - 1);
            if (next == lines.length) {
                break;
            }
            joined.append(lines[next].stripLeading());
            next++;
        }
        add(joined.toString(), first + 1);
        return next;
    }

    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void add(String line, int number) throws ConfigException {
        int end = 0;
        while (end < line.length() && !isKeyEnd(line.charAt(end))) {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, line.length());
        int value = end;
        while (value < line.length() && Character.isWhitespace(line.charAt(value))) {
            value++;
        }
        if (value < line.length() && (line.charAt(value) == '=' || line.charAt(value) == ':')) {
            value++;
        }
        String key = unescape(line.substring(0, end), number);
        if (key.isEmpty()) {
            throw new ConfigException(file, number, line, null, "expected a key before the sign");
        }
        settings.add(new Setting(
                file,
                number,
                key,
                unescape(line.substring(value).strip(), number).strip()));
    }

    private static boolean isKeyEnd(char c) {
        return c == '=' || c == ':' || Character.isWhitespace(c);
    }

    private String unescape(String text, int number) throws ConfigException {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\' || i == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(i++);
            switch (escaped) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append(unicode(text, i, number));
                    i += 4;
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    private char unicode(String text, int from, int number) throws ConfigException {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new ConfigException(file, number, text, null, "expected four hexadecimal digits after \\u");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }
}
