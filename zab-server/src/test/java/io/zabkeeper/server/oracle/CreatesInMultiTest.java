package io.zabkeeper.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every form of create with every mode, and with every kind of access list, inside a multi: each is decoded by rules of its
 * own there (client protocol §2.3). Found by the oracle: seeds 100080 and 100754.
 */
class CreatesInMultiTest {
    private static final List<OpCode> FORMS =
            List.of(OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL);
    private static final int LEAST_FLAGS = -2;
    private static final int MOST_FLAGS = 8;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void are_answered_as_by_the_reference(boolean extendedTypes) throws IOException {
        List<String> expected;
        try (Subject reference = Subject.reference(1, "-Dzookeeper.extendedTypesEnabled=" + extendedTypes)) {
            expected = answers(reference);
        }
        List<String> actual;
        try (Subject own = Subject.own(1, "extendedTypesEnabled=" + extendedTypes)) {
            actual = answers(own);
        }

        assertThat(actual).isEqualTo(expected);
    }

    private static List<String> answers(Subject server) throws IOException {
        List<String> answers = new ArrayList<>();
        int nodes = 0;
        try (WireClient client = server.connect(1)) {
            for (OpCode form : FORMS) {
                for (int flags = LEAST_FLAGS; flags <= MOST_FLAGS; flags++) {
                    for (long ttlMs :
                            form == OpCode.CREATE_TTL ? new long[] {-1, 0, 100_000, Long.MAX_VALUE} : new long[1]) {
                        for (String acl : List.of("null", "none", "open")) {
                            Ask create = create(form, "/n" + nodes++, acls(acl), flags, ttlMs);
                            Received.Frame reply = client.call(Ask.multi(OpCode.MULTI, List.of(create)));
                            answers.add(
                                    form + " flags=" + flags + " ttl=" + ttlMs + " acl=" + acl + ": " + outcome(reply));
                        }
                    }
                }
            }
        }
        return answers;
    }

    private static @Nullable List<Acl> acls(String which) {
        return switch (which) {
            case "null" -> null;
            case "none" -> List.of();
            default -> Acl.OPEN_UNSAFE;
        };
    }

    private static Ask create(OpCode form, String path, @Nullable List<Acl> acl, int flags, long ttlMs) {
        return form == OpCode.CREATE_TTL
                ? Ask.createTtl(path, null, acl, flags, ttlMs)
                : Ask.create(form, path, null, acl, flags);
    }

    /** The error, the kind of the result with its own error, and how long the rest is: there is a stat or none. */
    private static String outcome(Received.Frame reply) {
        RecordReader body = reply.body();
        byte[] rest = body.rest();
        String result = "";
        if (rest.length > 0) {
            RecordReader header = new RecordReader(rest);
            int kind = header.int32();
            header.int8();
            result = " kind=" + kind + " err=" + header.int32() + " size=" + rest.length;
        }
        return "err=" + reply.error() + result;
    }
}
