package io.zabkeeper.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §8: one script, both servers, every reply and every total. */
class QuotaTest {
    private static final String QUOTA = "/zookeeper/quota";

    @Test
    void totals_and_refusals_are_the_references() throws IOException {
        List<String> expected;
        try (Subject reference = Subject.reference(1, "-Dzookeeper.enforceQuota=true")) {
            expected = script(reference);
        }
        List<String> actual;
        try (Subject own = Subject.own(1, "enforceQuota=true")) {
            actual = script(own);
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(actual).anyMatch(line -> line.endsWith("err=-125"));
    }

    private static List<String> script(Subject server) throws IOException {
        List<String> seen = new ArrayList<>();
        try (WireClient client = server.connect(1)) {
            for (String path : List.of("/a", "/a/b", "/a/b/c", "/s", QUOTA + "/a", QUOTA + "/a/b", QUOTA + "/s")) {
                say(client, seen, Ask.create(path, bytes("12345"), 0));
            }
            limit(client, seen, "/a", "count=6,bytes=1000=;byteHardLimit=40");
            limit(client, seen, "/a/b", "countHardLimit=4");
            limit(client, seen, "/s", "count=1,bytes=1");
            say(client, seen, Ask.create("/a/x", bytes("123"), 0));
            say(client, seen, Ask.create("/a/b/d", null, 1));
            say(client, seen, Ask.create("/a/b/e", bytes("1"), 0));
            say(client, seen, Ask.create("/a/b/f", bytes("1"), 0));
            say(client, seen, Ask.create("/a/y", bytes("x".repeat(50)), 0));
            say(client, seen, Ask.create("/a/b", bytes(""), 0));
            say(client, seen, Ask.setData("/a/x", bytes("x".repeat(60)), 77));
            say(client, seen, Ask.setData("/a/x", bytes("1"), 77));
            say(client, seen, Ask.setData("/a/x", bytes("1"), -1));
            say(client, seen, Ask.delete("/a/b/c", -1));
            say(client, seen, Ask.create("/s/1", bytes("123"), 0));
            usages(client, seen);
            say(
                    client,
                    seen,
                    Ask.multi(
                            OpCode.MULTI,
                            List.of(Ask.create("/a/b/m", bytes("1"), 0), Ask.create("/a/b/n", bytes("1"), 0))));
            usages(client, seen);
            say(
                    client,
                    seen,
                    Ask.multi(OpCode.MULTI, List.of(Ask.delete("/a/b/m", -1), Ask.create("/a/b/o", bytes("1"), 0))));
            say(client, seen, Ask.setData(QUOTA + "/s/zookeeper_stats", bytes("count=7,bytes=9=;z=1"), -1));
            say(client, seen, Ask.create("/s/2", bytes("12"), 0));
            usages(client, seen);
            say(client, seen, Ask.delete(QUOTA + "/a/b/zookeeper_limits", -1));
            say(client, seen, Ask.create("/a/b/p", bytes("12"), 0));
            usages(client, seen);
            say(client, seen, Ask.create(QUOTA + "/a/b/zookeeper_limits", bytes("count=5"), 0));
            say(client, seen, Ask.create("/a/b/q", bytes("12"), 0));
            say(client, seen, Ask.delete(QUOTA + "/a/b/zookeeper_stats", -1));
            say(client, seen, Ask.create("/a/b/r", bytes("12"), 0));
            say(client, seen, Ask.create(QUOTA + "/a/b/zookeeper_stats", bytes("count=0,bytes=0"), 0));
            usages(client, seen);
        }
        return seen;
    }

    private static void limit(WireClient client, List<String> seen, String path, String limits) throws IOException {
        say(client, seen, Ask.create(QUOTA + path + "/zookeeper_limits", bytes(limits), 0));
        say(client, seen, Ask.create(QUOTA + path + "/zookeeper_stats", bytes("count=0,bytes=0"), 0));
    }

    private static void usages(WireClient client, List<String> seen) throws IOException {
        for (String path : List.of("/a", "/a/b", "/s")) {
            String stats = QUOTA + path + "/zookeeper_stats";
            Received.Frame reply = client.call(Ask.getData(stats, false));
            byte[] text = reply.error() == 0 ? reply.body().buffer() : null;
            seen.add(stats + " " + (text == null ? null : new String(text, StandardCharsets.UTF_8)));
        }
    }

    /** Nothing in these replies but the stat of a setData depends on when it was. */
    private static void say(WireClient client, List<String> seen, Ask ask) throws IOException {
        Received.Frame reply = client.call(ask);
        boolean hasStat = ask.code() == OpCode.SET_DATA.code();
        String body = hasStat ? "" : HexFormat.of().formatHex(reply.body().rest());
        seen.add(ask.code() + " " + body + " err=" + reply.error());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
