package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Transcript.Line;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Zabkeeper answers otherwise on purpose, each as narrow as it can be said. Random scripts meet these; what would
 * change everything after it they avoid, and {@code DeviationsTest} shows it.
 */
enum Deviation {
    NULL_WATCH_PATH("the reference keeps watches for the path null, which no node has") {
        @Override
        boolean explains(Line reference, Line own) {
            return asks(own, EnumSet.of(OpCode.ADD_WATCH, OpCode.CHECK_WATCHES, OpCode.REMOVE_WATCHES))
                    && startsWithNull(own)
                    && own.text().endsWith(" nothing")
                    && fails(own, ErrorCode.MARSHALLING_ERROR);
        }
    },

    NULL_CREATE_PATH(
            "the reference looks at flags before it stumbles over the path null; here it is not decoded at all") {
        @Override
        boolean explains(Line reference, Line own) {
            return asks(own, CREATES)
                    && startsWithNull(own)
                    && own.text().endsWith(" nothing")
                    && fails(own, ErrorCode.MARSHALLING_ERROR)
                    && (fails(reference, ErrorCode.UNIMPLEMENTED) || fails(reference, ErrorCode.BAD_ARGUMENTS));
        }
    },

    MULTI_READ_ERROR_BODY("the reference sends what it has got of a multiRead behind the error that ends it") {
        @Override
        boolean explains(Line reference, Line own) {
            return asks(own, EnumSet.of(OpCode.MULTI_READ))
                    && fails(own, ErrorCode.MARSHALLING_ERROR)
                    && fails(reference, ErrorCode.MARSHALLING_ERROR)
                    && own.text().endsWith(" nothing");
        }
    },

    STALE_READ(
            "a leader of the reference hangs up on a read of a session that has moved; its followers answer, as here") {
        @Override
        boolean explains(Line reference, Line own) {
            return reference.text().endsWith("' end")
                    && (own.text().contains("' reply its xid") || own.text().contains("' reply xid -2"));
        }
    },

    STALE_WRITE(
            "the reference looks at a write before it looks where its session is, and at an empty multi not at all") {
        @Override
        boolean explains(Line reference, Line own) {
            return own.text().endsWith("' end")
                    && reference.text().contains("' reply its xid")
                    && (!fails(reference, ErrorCode.OK) || reference.text().endsWith(" results (-1 1 -1)"));
        }
    },

    SUPPLEMENTARY_CHARACTERS("the reference writes each half of such a character as three bytes, which is not UTF-8") {
        @Override
        boolean explains(Line reference, Line own) {
            return reference.text().equals(asHalves(own)) && !own.text().equals(asHalves(own));
        }
    };

    private static final Set<OpCode> CREATES =
            EnumSet.of(OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL);

    private static final Pattern SUPPLEMENTARY = Pattern.compile("\\\\f[0-4](\\\\[89ab][0-9a-f]){3}");
    private static final String TWO_HALVES = "\\ef\\bf\\bd\\ef\\bf\\bd";

    private final String reason;

    Deviation(String reason) {
        this.reason = reason;
    }

    /** Whether these two lines differ because of it. */
    abstract boolean explains(Line reference, Line own);

    String reason() {
        return reason;
    }

    /** The deviation that makes these two lines differ, or null. */
    static @Nullable Deviation explaining(Line reference, Line own) {
        for (Deviation deviation : values()) {
            if (deviation.explains(reference, own)) {
                return deviation;
            }
        }
        return null;
    }

    private static boolean asks(Line line, Set<OpCode> ops) {
        Ask ask = line.ask();
        return ask != null && ops.contains(OpCode.of(ask.code()));
    }

    private static boolean startsWithNull(Line line) {
        Ask ask = line.ask();
        return ask != null && ask.startsWithNull();
    }

    private static String asHalves(Line line) {
        return SUPPLEMENTARY.matcher(line.text()).replaceAll(Matcher.quoteReplacement(TWO_HALVES));
    }

    private static boolean fails(Line line, ErrorCode error) {
        return line.text().contains(" reply its xid zxid ") && line.text().contains(" err " + error.code() + " ");
    }
}
