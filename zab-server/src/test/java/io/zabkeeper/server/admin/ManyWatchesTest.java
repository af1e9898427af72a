package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asking for a hundred thousand watches holds nobody up (CVE-2017-5637). */
@Tag("alone")
class ManyWatchesTest {
    private static final int WATCHES = 100_000;
    private static final int BATCH = 1_000;
    private static final int PING = -2;

    @Test
    void others_are_answered_while_the_list_is_collected() throws Exception {
        try (Subject subject = Subject.own(1);
                WireClient watcher = subject.connect(1);
                WireClient other = subject.connect(1)) {
            watch(watcher);
            CompletableFuture<Long> listed = CompletableFuture.supplyAsync(() -> {
                assertThat(ask(subject, "wchp").lines().filter(line -> line.startsWith("/watched/")))
                        .hasSize(WATCHES);
                return System.nanoTime();
            });

            List<Long> answered = new ArrayList<>();
            while (!listed.isDone()) {
                other.send(PING, Ask.of(OpCode.PING));
                other.reply();
                answered.add(System.nanoTime());
            }

            long end = listed.get(30, TimeUnit.SECONDS);
            assertThat(answered.stream().filter(nanos -> nanos < end)).hasSizeGreaterThan(10);
            assertThat(ask(subject, "wchs")).isEqualTo("1 connections watching 100000 paths\nTotal watches:100000\n");
        }
    }

    private static void watch(WireClient watcher) throws IOException {
        for (int sent = 0; sent < WATCHES; sent += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                watcher.send(sent + i, Ask.exists("/watched/" + (sent + i), true));
            }
            for (int i = 0; i < BATCH; i++) {
                assertThat(watcher.reply().xid()).isEqualTo(sent + i);
            }
        }
    }

    private static String ask(Subject subject, String word) {
        try {
            return subject.member(1).ask(word);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
