package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    /** What the other process runs: it locks, says so, and holds on until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(args[0]))) {
                System.out.write('!');
                System.out.flush();
                while (System.in.read() >= 0) {
                    assertThat(lock).isNotNull();
                }
            }
        }
    }

    @Test
    void refuses_a_second_member_of_the_same_process(@TempDir Path dataDir) throws IOException {
        try (DirectoryLock lock = DirectoryLock.acquire(dataDir)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(dataDir))
                    .isInstanceOf(UnusableDirectoryException.class)
                    .hasMessageStartingWith("data directory " + dataDir.toAbsolutePath() + " is in use");
        }
        DirectoryLock.acquire(dataDir).close();
    }

    @Test
    void refuses_a_second_process_until_the_first_one_is_dead(@TempDir Path dataDir)
            throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        dataDir.toString())
                .redirectErrorStream(true)
                .start();
        try {
            int said = holder.getInputStream().read();
            assertThat(said).as(() -> "the other process said " + rest(holder)).isEqualTo('!');
            assertThatThrownBy(() -> DirectoryLock.acquire(dataDir))
                    .isInstanceOf(UnusableDirectoryException.class)
                    .hasMessage("data directory " + dataDir.toAbsolutePath() + " is in use by another process, pid="
                            + holder.pid());
        } finally {
            holder.destroyForcibly();
            assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        DirectoryLock.acquire(dataDir).close();
    }

    private static String rest(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
