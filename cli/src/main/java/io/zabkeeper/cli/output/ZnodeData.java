package io.zabkeeper.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A znode's data on its way to a reader: shown as it is only when that is text and cannot disturb a terminal. */
public final class ZnodeData {
    private static final int BYTES_PER_LINE = 16;

    private final byte[] bytes;

    /** The data as text; null when it is none. */
    private final @Nullable String text;

    public ZnodeData(byte[] bytes) {
        this.bytes = bytes;
        this.text = decoded(bytes);
    }

    /** For a terminal: the text, or a hex dump of anything else. Empty for no data. */
    public String readable() {
        if (text != null && isHarmless(text)) {
            return text;
        }
        StringBuilder dump = new StringBuilder();
        for (int offset = 0; offset < bytes.length; offset += BYTES_PER_LINE) {
            dumpLine(offset, dump);
        }
        return dump.toString();
    }

    /** Puts {@code data} and the {@code encoding} that says how to read it. */
    public void putInto(Map<String, @Nullable Object> object) {
        object.put("data", text != null ? text : Base64.getEncoder().encodeToString(bytes));
        object.put("encoding", text != null ? "utf8" : "base64");
    }

    private void dumpLine(int offset, StringBuilder dump) {
        dump.append(String.format("%08x ", offset));
        StringBuilder characters = new StringBuilder();
        for (int i = offset; i < offset + BYTES_PER_LINE; i++) {
            if (i % (BYTES_PER_LINE / 2) == 0) {
                dump.append(' ');
            }
            if (i < bytes.length) {
                dump.append(String.format("%02x ", bytes[i]));
                characters.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
            } else {
                dump.append("   ");
            }
        }
        dump.append(" |").append(characters).append("|\n");
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Control characters could move the cursor, recolour or retitle a terminal; tab and line feed are wanted. */
    private static boolean isHarmless(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
    }

    /** A name or path on one line: control characters escaped, the rest as it is. */
    public static String onOneLine(String name) {
        StringBuilder line = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
