package io.zabkeeper.server.admin.command;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, texts, numbers and truth values as JSON, laid out as the reference lays it out: an object's
 * members on lines of their own, the elements of an array beside each other.
 */
final class Json {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    private Json() {}

    static String of(Map<String, ? extends @Nullable Object> object) {
        Json json = new Json();
        json.write(object);
        return json.text.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> collection) {
            list("[ ", ", ", " ]", "[ ]", collection, this::write);
        } else if (value instanceof CharSequence chars) {
            quote(chars);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            quote(number.toString());
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        depth++;
        String line = "\n" + "  ".repeat(depth);
        String end = "\n" + "  ".repeat(depth - 1) + "}";
        list("{" + line, "," + line, end, "{ }", map.entrySet(), member -> {
            quote(String.valueOf(member.getKey()));
            text.append(" : ");
            write(member.getValue());
        });
        depth--;
    }

    private <T> void list(
            String start, String between, String end, String none, Collection<T> elements, Consumer<T> writer) {
        if (elements.isEmpty()) {
            text.append(none);
            return;
        }
        text.append(start);
        for (Iterator<T> rest = elements.iterator(); rest.hasNext(); ) {
            writer.accept(rest.next());
            text.append(rest.hasNext() ? between : end);
        }
    }

    private void quote(CharSequence chars) {
        text.append('"');
        for (int i = 0; i < chars.length(); i++) {
            char c = chars.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
                        escape(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Surrogates, too: a single one has no form in UTF-8. */
    private void escape(char c) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
