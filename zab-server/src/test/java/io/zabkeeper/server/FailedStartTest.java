package io.zabkeeper.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.server.config.ConfigFile;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a member in his own process must be able to try again. */
class FailedStartTest {
    private static final int MOST_THREADS = 100;

    /** The threads that a member begins belong to the group of the one that starts it. */
    private final ThreadGroup group = new ThreadGroup("member");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_port_in_use_leaves_neither_threads_nor_the_directory_behind() throws Exception {
        int port = FreePorts.one();
        Path file = Files.write(
                directory.resolve("zab.cfg"),
                List.of(
                        "dataDir=" + Files.createDirectories(directory.resolve("data")),
                        "clientPort=" + port,
                        "clientPortAddress=127.0.0.1"));
        ServerConfig config = ConfigFile.read(file);

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> start(config))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("client port " + port + " cannot be bound");
        }

        Eventually.holds(
                "no thread is left", Duration.ofSeconds(20), () -> threads().isEmpty());
        start(config).stop();
    }

    private ZabServer start(ServerConfig config) throws IOException, InterruptedException {
        FutureTask<ZabServer> start =
                new FutureTask<>(() -> ZabServer.start(config, System::currentTimeMillis, System::nanoTime));
        new Thread(group, start, "start").start();
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        }
    }

    private List<String> threads() {
        Thread[] all = new Thread[MOST_THREADS];
        int count = group.enumerate(all);
        return Arrays.stream(all, 0, count)
                .map(thread -> Objects.requireNonNull(thread).getName())
                // The native library's own, one for the process.
                .filter(name -> !name.startsWith("jnr."))
                .toList();
    }
}
