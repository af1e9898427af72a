package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long one command takes from its start to its end, against the shell of Apache ZooKeeper. */
final class StartTimeIT {
    private static final int ROUNDS = 7;

    /** What a user is promised on two cores. */
    private static final long PROMISED_MS = 400;

    @RegisterExtension
    static final SharedEnsemble SHARED = new SharedEnsemble();

    @Test
    void of_get_is_what_was_promised() throws Exception {
        BuiltEnsemble ensemble = SHARED.ensemble();
        ensemble.zab("create", "/timed", "hello");
        List<String> theirs = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                ensemble.connectString(),
                "get",
                "/timed");
        long ourBestMs = Long.MAX_VALUE;
        long theirBestMs = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            BuiltEnsemble.Run our = ensemble.zab("get", "/timed");
            BuiltEnsemble.Run their = ensemble.run(theirs);
            assertThat(our.out()).isEqualTo("hello\n");
            assertThat(their.out()).as(their.err()).contains("hello");
            ourBestMs = Math.min(ourBestMs, our.millis());
            theirBestMs = Math.min(theirBestMs, their.millis());
        }
        System.out.println("get, best of " + ROUNDS + ": zab " + ourBestMs + " ms, zkCli " + theirBestMs + " ms");

        // A machine that is slower for both is slower, which is no fault of the command.
        assertThat(ourBestMs).isLessThanOrEqualTo(Math.max(PROMISED_MS, theirBestMs / 2));
    }
}
