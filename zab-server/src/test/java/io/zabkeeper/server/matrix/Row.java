package io.zabkeeper.server.matrix;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import java.util.List;
import java.util.function.Function;

/**
 * One operation and how it is answered on each way.
 *
 * @param extensions what its connection asks for
 * @param before what the same connection asks first, where it has not been lost
 * @param ask the request about a znode that has one child, named {@code child}
 * @param isOfReference whether the reference answers in the same way when it is asked directly
 */
record Row(
        String name,
        int code,
        Extensions extensions,
        List<Function<String, Ask>> before,
        Function<String, Ask> ask,
        Answer direct,
        Answer inMulti,
        Answer inMultiRead,
        Answer afterReconnect,
        boolean isOfReference) {
    static Row of(OpCode op, Answer direct, Function<String, Ask> ask) {
        return new Row(
                op.name(),
                op.code(),
                Extensions.NONE,
                List.of(),
                ask,
                direct,
                Answer.MALFORMED,
                Answer.MALFORMED,
                direct,
                true);
    }

    /** A number that is no operation's. */
    static Row of(int code) {
        return new Row(
                "number " + code,
                code,
                Extensions.NONE,
                List.of(),
                path -> Ask.path(OpCode.SYNC, path),
                Answer.REFUSED,
                Answer.MALFORMED,
                Answer.MALFORMED,
                Answer.REFUSED,
                true);
    }

    Row inMulti(Answer answer) {
        return new Row(name, code, extensions, before, ask, direct, answer, inMultiRead, afterReconnect, isOfReference);
    }

    Row inMultiRead(Answer answer) {
        return new Row(name, code, extensions, before, ask, direct, inMulti, answer, afterReconnect, isOfReference);
    }

    /** Done only behind something else on the same connection. */
    Row behind(Function<String, Ask> first, Answer otherwise) {
        return new Row(
                name, code, extensions, List.of(first), ask, direct, inMulti, inMultiRead, otherwise, isOfReference);
    }

    /** A deviation that is listed in {@code docs/compatibility.md}. */
    Row unlikeReference() {
        return new Row(name, code, extensions, before, ask, direct, inMulti, inMultiRead, afterReconnect, false);
    }

    /** On a connection that has agreed on all extensions. */
    Row agreed() {
        return new Row(
                name + " agreed",
                code,
                Extensions.ALL,
                before,
                ask,
                direct,
                inMulti,
                inMultiRead,
                afterReconnect,
                false);
    }

    Ask askFor(String path) {
        return new Ask(code, ask.apply(path).body());
    }

    Verdict expected(Role role, Way way) {
        if (role == Role.NOBODY) {
            return Verdict.CUT_OFF;
        }
        boolean isProven = way != Way.AFTER_RECONNECT && (role == Role.RIGHT || role == Role.SUPER);
        Answer answer = switch (way) {
            case DIRECT -> direct;
            case IN_MULTI -> inMulti;
            case IN_MULTI_READ -> inMultiRead;
            case AFTER_RECONNECT -> afterReconnect;
        };
        return answer.to(role.isOpen() || isProven);
    }

    @Override
    public String toString() {
        return name;
    }
}
