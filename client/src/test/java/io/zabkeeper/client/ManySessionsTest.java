package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.AddWatchMode;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions are cheap: many share a few threads, and nothing is left of one that is closed. */
final class ManySessionsTest {
    private static final int SESSIONS = 1_000;
    private static final int AT_ONCE = 50;
    private static final String THREADS = "zab-client";

    @TempDir
    static Path directory;

    private static OwnServer server;

    @BeforeAll
    static void start() throws IOException {
        server = OwnServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_thousand_sessions_share_four_threads() {
        try (ClientLoop loop = ClientLoop.ofThreads(2)) {
            List<ZabClient> clients = new ArrayList<>();
            List<CompletableFuture<String>> created = new ArrayList<>();
            long before = threads();
            for (int i = 0; i < SESSIONS; i++) {
                ZabClient client = builder(loop).start();
                clients.add(client);
                created.add(client.createAsync("/many-" + i, null, CreateOptions.EPHEMERAL));
            }

            created.forEach(one -> assertThat(one).succeedsWithin(Eventually.SOON));
            assertThat(threads() - before).isLessThanOrEqualTo(4);
            assertThat(clients.stream().map(ZabClient::sessionId)).doesNotHaveDuplicates();
            assertThat(clients.get(0).getChildren("/")).hasSizeGreaterThanOrEqualTo(SESSIONS);
            clients.stream().map(ZabClient::closeAsync).toList().forEach(CompletableFuture::join);
        }
    }

    @Test
    void nothing_is_left_of_a_thousand_that_came_and_went() {
        long before = threads();
        List<WeakReference<ZabClient>> gone = new ArrayList<>();
        try (ClientLoop loop = ClientLoop.ofThreads(2);
                ZabClient observer = builder(loop).connect()) {
            for (int round = 0; round < SESSIONS / AT_ONCE; round++) {
                comeAndGo(loop, gone);
            }

            assertThat(observer.getChildren("/")).containsExactly("zookeeper");
            Eventually.until("all clients are garbage", () -> {
                System.gc();
                return gone.stream().allMatch(one -> one.refersTo(null));
            });
            Eventually.until("no watch is left", () -> server.ask("wchs").startsWith("0 connections watching 0 paths"));
        }

        Eventually.until("no thread is left", () -> threads() <= before);
    }

    private static void comeAndGo(ClientLoop loop, List<WeakReference<ZabClient>> gone) {
        List<ZabClient> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            ZabClient client = builder(loop).start();
            clients.add(client);
            gone.add(new WeakReference<>(client));
            CompletableFuture<?> unused = client.createAsync("/gone-" + i, null, CreateOptions.EPHEMERAL);
            CompletableFuture<?> unusedToo = client.existsAsync("/watched", WatchHandle.create());
            CompletableFuture<?> unusedThird =
                    client.lowLevel().addWatch("/", AddWatchMode.PERSISTENT_RECURSIVE, event -> {});
        }
        clients.stream().map(ZabClient::closeAsync).toList().forEach(CompletableFuture::join);
    }

    private static ZabClientBuilder builder(ClientLoop loop) {
        return ZabClient.builder()
                .hosts(server.hosts())
                .sessionTimeout(Duration.ofSeconds(30))
                .operationTimeout(Duration.ofSeconds(60)) // A thousand handshakes may come before the first request.
                .loop(loop);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREADS))
                .count();
    }
}
