package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Mutex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code zab lock} against Apache ZooKeeper. */
@Timeout(60)
final class LockCommandTest extends CommandSuite {
    private static final long PAUSE_NANOS = 10_000_000;

    private static ZabClient client;

    private String lock = "";

    @BeforeAll
    static void connect() {
        client = ZabClient.connect(connectString());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void nameLock() {
        lock = home;
    }

    @Test
    void ends_as_its_command_does() {
        assertThat(zab("lock", lock, "--", "sh", "-c", "exit 7")).isEqualTo(new CommandRun(7, "", ""));
        assertThat(zab("lock", lock, "sh", "-c", "exit 0").exitCode()).isZero();
        assertThat(client.getChildren(lock)).isEmpty();
    }

    @Test
    void tells_its_command_what_it_holds() throws IOException {
        Path told = dir.resolve("told");
        zab("lock", "-l", "the label", lock, "sh", "-c", "echo $ZAB_FENCING_TOKEN $ZAB_LOCK_PATH > " + told);
        zab("lock", lock, "sh", "-c", "echo $ZAB_FENCING_TOKEN $ZAB_LOCK_PATH >> " + told);

        List<String[]> lines = Files.readAllLines(told).stream()
                .map(line -> line.split(" ", -1))
                .toList();

        assertThat(Long.parseLong(lines.get(1)[0])).isGreaterThan(Long.parseLong(lines.get(0)[0]));
        assertThat(lines.get(0)[1]).startsWith(lock + "/_c_");
    }

    @Test
    void gives_up_when_others_have_it() throws InterruptedException {
        try (Grant grant = Mutex.at(client, lock).acquire()) {
            CommandRun refused = zab("lock", "-w", "0.2", lock, "true");

            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err()).isEqualTo(lock + " is held by others for longer than 0.2 s\n");
            assertThat(grant.isHeld()).isTrue();
        }
    }

    @Test
    void ends_its_command_when_the_lock_is_lost() {
        Path started = dir.resolve("started");
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(
                () -> zab("lock", lock, "sh", "-c", "touch " + started + "; exec sleep 50"));
        while (!Files.exists(started)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }

        client.delete(lock + "/" + client.getChildren(lock).get(0), ZabClient.ANY_VERSION);

        assertThat(run).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(run.join().exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(run.join().err()).isEqualTo("the lock was lost, the command was ended: its znode was deleted\n");
    }

    @Test
    void says_what_is_wrong() {
        assertThat(zab("lock", lock, "no-such-command-here").err()).startsWith("cannot run no-such-command-here: ");
        assertThat(zab("lock", lock).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zab("lock", lock, "--").err()).isEqualTo("which command?\n");
        assertThat(zab("lock", "/", "true").err()).contains("below the root");
        assertThat(zab("lock", "-w", "-1", lock, "true").err()).isEqualTo("--wait is a number of seconds, not -1.0\n");
    }
}
