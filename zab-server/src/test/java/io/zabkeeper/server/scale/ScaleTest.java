package io.zabkeeper.server.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * One member, one loop: what many do at once must not be what the others wait for. A session that only reads measures how
 * long the loop is away. A busy machine is not the server's fault, and is not as slow three times in a row: the best of
 * three counts. Sizes by {@code -Dscale.sessions} and {@code -Dscale.children}.
 */
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleTest {
    private static final int SESSIONS = Integer.getInteger("scale.sessions", 10_000);
    private static final int CHILDREN = Integer.getInteger("scale.children", 100_000);
    private static final int AT_ONCE = 1_000;
    private static final double LONGEST_MS = 100;
    private static final int ATTEMPTS = 3;

    /** Rounds until the code is compiled and the heap has found its size, here and in the server. */
    private static final int WARM_UP = 8;

    /** One zxid, so one piece of work; the figure for it is what it is. */
    private static final double LONGEST_END_MS = 1_000;

    /** Measures once. */
    private interface Attempt {
        double longestMs() throws IOException;
    }

    private Subject server;
    private Probe probe;

    @BeforeAll
    void start() throws IOException {
        server = Subject.own(1, "-Xmx1g", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4");
        probe = new Probe(server.address(1));
        System.out.printf("idle: longest answer %.1f ms%n", probe.longestMsDuring(() -> settle(2_000)));
    }

    @AfterAll
    void stop() {
        probe.close();
        server.close();
    }

    private static void settle(long ms) {
        long end = System.nanoTime() + ms * 1_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void ten_thousand_sessions_live_and_a_hundred_thousand_watches_fire() throws IOException {
        long before = residentBytes();
        long began = System.nanoTime();
        try (Crowd crowd = Crowd.open(server.address(1), SESSIONS);
                WireClient writer = server.connect(1)) {
            System.out.printf("%d sessions opened in %d ms%n", SESSIONS, (System.nanoTime() - began) / 1_000_000);
            System.out.printf("resident bytes per session: %d%n", (residentBytes() - before) / SESSIONS);
            String path = "";
            List<String> above = new ArrayList<>();
            for (int depth = 1; depth <= 6; depth++) {
                path = path + "/w" + depth;
                above.add(path);
                writer.call(Ask.create(path, null, 0));
            }
            String watched = path + "/it";
            List<Ask> watches = new ArrayList<>(List.of(
                    Ask.exists(watched, true),
                    Ask.getChildren(watched, true),
                    Ask.watch(OpCode.ADD_WATCH, watched, 0),
                    Ask.watch(OpCode.ADD_WATCH, watched, 1)));
            above.forEach(one -> watches.add(Ask.watch(OpCode.ADD_WATCH, one, 1)));
            bestOf("100,000 watches fire", () -> {
                writer.call(Ask.create(watched, null, 0));
                crowd.askAll(watches.toArray(Ask[]::new));
                long expected = crowd.events() + SESSIONS;
                double ms = probe.longestMsDuring(() -> {
                    call(writer, Ask.delete(watched, -1));
                    crowd.awaitEvents(expected);
                });
                assertThat(crowd.events()).isEqualTo(expected);
                return ms;
            });
            crowd.awaitPongs();
            assertThat(crowd.errors()).isZero();
            assertThat(crowd.lost()).isZero();
        }
    }

    @Test
    void a_hundred_thousand_children() throws IOException {
        try (WireClient writer = server.connect(1)) {
            writer.call(Ask.create("/big", null, 0));
            fill(writer, "/big", 0);
            best("listing", () -> call(writer, Ask.getChildren("/big", false)));
            best("counting", () -> call(writer, Ask.path(OpCode.GET_ALL_CHILDREN_NUMBER, "/big")));
            List<WireClient> many = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                many.add(server.connect(1));
            }
            best("eight listings at once", () -> {
                many.forEach(one -> one.send(7, Ask.getChildren("/big", false)));
                many.forEach(ScaleTest::reply);
            });
            best("eight listings pipelined", () -> {
                for (int i = 0; i < 8; i++) {
                    writer.send(100 + i, Ask.getChildren("/big", false));
                }
                for (int i = 0; i < 8; i++) {
                    reply(writer);
                }
            });
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                paths.add("/big/" + i);
            }
            best(
                    "setWatches of 30,000 paths",
                    () -> call(writer, Ask.setWatches(OpCode.SET_WATCHES, 0, List.of(paths, List.of(), List.of()))));
        }
    }

    @Test
    void a_hundred_thousand_ephemerals() throws IOException {
        try (WireClient writer = server.connect(1)) {
            writer.call(Ask.create("/eph", null, 0));
        }
        List<Double> listings = new ArrayList<>();
        double ended = Double.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS; i++) {
            try (WireClient owner = server.connect(1)) {
                fill(owner, "/eph", 1);
                listings.add(probe.longestMsDuring(() -> call(owner, Ask.path(OpCode.GET_EPHEMERALS, "/"))));
                ended = Math.min(ended, probe.longestMsDuring(() -> call(owner, Ask.of(OpCode.CLOSE_SESSION))));
            }
        }
        System.out.printf("getEphemerals: longest answers %s ms%n", listings);
        System.out.printf("%d ephemerals go with their session: longest answer %.1f ms%n", CHILDREN, ended);
        assertThat(Collections.min(listings)).isLessThan(LONGEST_MS);
        assertThat(ended).isLessThan(LONGEST_END_MS);
    }

    private static void fill(WireClient client, String parent, int flags) throws IOException {
        for (int from = 0; from < CHILDREN; from += AT_ONCE) {
            List<Ask> creates = new ArrayList<>();
            for (int i = from; i < from + AT_ONCE; i++) {
                creates.add(Ask.create(parent + "/" + i, null, flags));
            }
            assertThat(client.call(Ask.multi(OpCode.MULTI, creates)).error()).isZero();
        }
    }

    private void best(String what, Runnable work) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        bestOf(what, () -> probe.longestMsDuring(work));
    }

    private static void bestOf(String what, Attempt attempt) throws IOException {
        List<Double> longest = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            longest.add(attempt.longestMs());
        }
        System.out.printf("%s: longest answers %s ms%n", what, longest);
        assertThat(Collections.min(longest)).as(what).isLessThan(LONGEST_MS);
    }

    private static void call(WireClient client, Ask ask) {
        try {
            assertThat(client.call(ask).error()).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void reply(WireClient client) {
        try {
            assertThat(client.reply().error()).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(server.member(1).pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no resident size");
    }
}
