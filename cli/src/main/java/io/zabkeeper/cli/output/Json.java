package io.zabkeeper.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON: maps, lists, strings, numbers, booleans and null; ASCII only, so that no locale can spoil it. */
public final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** The JSON text of a value, on one line. */
    public static String of(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    /** An object whose fields keep the order in which they are put. */
    public static Map<String, @Nullable Object> object() {
        return new LinkedHashMap<>();
    }

    /** A 64-bit id as a string: JSON numbers lose the low digits of one in many readers. */
    public static String hex(long id) {
        return "0x" + Long.toHexString(id);
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            fields(map);
        } else if (value instanceof List<?> list) {
            items(list);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void fields(Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> field : map.entrySet()) {
            text.append(separator);
            string(String.valueOf(field.getKey()));
            text.append(':');
            value(field.getValue());
            separator = ',';
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void items(List<?> list) {
        char separator = '[';
        for (Object item : list) {
            text.append(separator);
            value(item);
            separator = ',';
        }
        text.append(list.isEmpty() ? "[]" : "]");
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
