package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.OpCode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes and texts for the eye: everything printable as it is, the rest as numbers. */
final class Text {
    private static final int LONGEST = 400;

    private Text() {}

    static String of(Ask ask) {
        OpCode op = OpCode.of(ask.code());
        return (op == OpCode.UNKNOWN ? "op " + ask.code() : op.toString()) + " "
                + of(ask.body().array());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "null";
        }
        StringBuilder text = new StringBuilder("\"");
        for (byte one : bytes) {
            if (one >= ' ' && one < 0x7f && one != '"' && one != '\\') {
                text.append((char) one);
            } else {
                text.append('\\').append(HexFormat.of().toHexDigits(one));
            }
            if (text.length() > LONGEST) {
                return text + "...\" (" + bytes.length + ")";
            }
        }
        return text.append('"').toString();
    }

    static String of(@Nullable String text) {
        return of(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }
}
