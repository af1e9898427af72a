package io.zabkeeper.cli.treefile;

import io.zabkeeper.wire.Bytes;
import java.util.Base64;

/**
 * Data as a file shows it: the text that it is, or base64.
 *
 * <p>Text is what every editor and every reader of YAML keeps as it is: no control characters but tabs and line ends, no
 * line ends that only some know, no marks without a width at the start.
 */
record DataText(String text, boolean isBase64) {
    static DataText of(Bytes data) {
        String text = data.utf8();
        boolean isText = Bytes.ofUtf8(text).equals(data) && text.codePoints().allMatch(DataText::isPrintable);
        return isText
                ? new DataText(text, false)
                : new DataText(Base64.getEncoder().encodeToString(data.array()), true);
    }

    /** @throws IllegalArgumentException if it is no base64 */
    Bytes data() {
        // Long base64 may have been broken into lines.
        return isBase64 ? Bytes.of(Base64.getDecoder().decode(text.replaceAll("\\s", ""))) : Bytes.ofUtf8(text);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
            case Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
