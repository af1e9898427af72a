package io.zabkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.LeaderElection;
import io.zabkeeper.client.recipe.LeadershipListener;
import io.zabkeeper.client.recipe.Semaphore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** {@code zab semaphore} and {@code zab elect} against Apache ZooKeeper. */
@Timeout(60)
final class ElectionCommandsTest extends CommandSuite {
    private static ZabClient client;

    /** What the command that runs writes. */
    private Path told = Path.of("");

    @BeforeAll
    static void connect() {
        client = ZabClient.connect(connectString());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /** Only names it: recipes make their own. */
    @Override
    @BeforeEach
    void makeHome(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        home = "/" + name;
        told = dir.resolve(name);
    }

    @Test
    void runs_as_many_as_there_are_leases() throws InterruptedException, IOException {
        Semaphore semaphore = Semaphore.at(client, home, 2);
        try (Grant first = semaphore.acquire()) {
            CommandRun run =
                    zab("semaphore", "-n", "2", home, "--", "sh", "-c", "echo $ZAB_LEASE_PATH > " + told + "; exit 7");

            assertThat(run).isEqualTo(new CommandRun(7, "", ""));
            assertThat(Files.readString(told)).startsWith(home + "/leases/");
            try (Grant second = semaphore.acquire()) {
                assertThat(zab("semaphore", "-n", "2", "-w", "0.2", home, "true"))
                        .isEqualTo(new CommandRun(
                                ExitCode.REFUSED,
                                "",
                                "others have all 2 leases of " + home + " for longer than 0.2 s\n"));
                assertThat(second.isHeld()).isTrue();
            }
            assertThat(first.isHeld()).isTrue();
        }
        assertThat(client.getChildren(home + "/leases")).isEmpty();
    }

    @Test
    void ends_its_command_when_the_lease_is_lost() {
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(
                () -> zab("semaphore", "-n", "1", home, "sh", "-c", "echo > " + told + "; exec sleep 50"));
        Eventually.holds(() -> Files.exists(told));

        client.delete(home + "/leases/" + client.getChildren(home + "/leases").get(0), ZabClient.ANY_VERSION);

        assertThat(run)
                .succeedsWithin(20, TimeUnit.SECONDS)
                .isEqualTo(new CommandRun(
                        ExitCode.UNKNOWN, "", "the lease was lost, the command was ended: its znode was deleted\n"));
    }

    /** A wait for an answer that does not come would outlast the test. */
    @Test
    void leads_until_its_command_ends() throws IOException {
        CommandRun run = zab(
                "--timeout",
                "600",
                "elect",
                home,
                "--",
                "sh",
                "-c",
                "echo $ZAB_FENCING_TOKEN $ZAB_LEADERSHIP_PATH > " + told + "; exit 5");

        assertThat(run).isEqualTo(new CommandRun(5, "", ""));
        assertThat(Files.readString(told)).matches("[0-9]+ " + home + "/.*latch-[0-9]{10}\n");
        assertThat(client.getChildren(home)).isEmpty();
    }

    @Test
    void waits_for_the_one_in_front_and_lists_both() throws Exception {
        CompletableFuture<Grant> elected = new CompletableFuture<>();
        CompletableFuture<CommandRun> run;
        try (LeaderElection other = LeaderElection.join(client, home, "the other", listener(elected))) {
            Grant term = elected.get();
            run = CompletableFuture.supplyAsync(() -> zab("elect", "-l", "mine", home, "sh", "-c", "echo > " + told));
            Eventually.holds(() -> client.getChildren(home).size() == 2);

            String[] lines = zab("elect", "--list", home).out().split("\n", -1);
            String[] objects = zab("elect", "--list", "-o", "json", home).out().split("\n", -1);

            assertThat(lines[0]).matches("ROLE +LABEL +SESSION +PATH");
            assertThat(lines[1]).matches("leader +the other +0x[0-9a-f]+ +" + term.path());
            assertThat(lines[2]).matches("candidate +mine +0x[0-9a-f]+ +" + home + "/.*");
            assertThat(objects[0])
                    .isEqualTo(
                            "{\"role\":\"leader\",\"label\":\"the other\",\"session\":\"0x%x\",\"fencingToken\":\"%d\",\"path\":\"%s\"}"
                                    .formatted(client.sessionId(), term.fencingToken(), term.path()));
            assertThat(objects[1]).startsWith("{\"role\":\"candidate\",\"label\":\"mine\"");
            assertThat(told).doesNotExist();
            assertThat(other.isLeader()).isTrue();
        }

        assertThat(run).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(new CommandRun(0, "", ""));
        assertThat(told).exists();
        assertThat(zab("elect", "--list", home).out()).isEqualTo("ROLE  LABEL  SESSION  PATH\n");
        assertThat(zab("elect", "--list", home + "/none").exitCode()).isZero();
    }

    @Test
    void stands_again_when_the_leadership_is_lost() {
        // The first term waits to be ended; the second one finds the trace of the first.
        String script = "test -e %1$s && exit 4; echo > %1$s; exec sleep 50".formatted(told);
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> zab("elect", home, "sh", "-c", script));
        Eventually.holds(() -> Files.exists(told));

        client.delete(home + "/" + client.getChildren(home).get(0), ZabClient.ANY_VERSION);

        assertThat(run)
                .succeedsWithin(20, TimeUnit.SECONDS)
                .isEqualTo(new CommandRun(
                        4,
                        "",
                        "the leadership was lost, the command was ended: its znode was deleted\nstanding again\n"));
    }

    @Test
    void stands_again_with_a_new_session() {
        String script = "test -e %1$s && exit 4; echo > %1$s; exec sleep 50".formatted(told);
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> zab("elect", home, "sh", "-c", script));
        Eventually.holds(() -> Files.exists(told));

        long session = client.exists(home + "/" + client.getChildren(home).get(0))
                .orElseThrow()
                .ephemeralOwner();
        zooKeeper.expire(session);

        assertThat(run).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(run.join().exitCode()).isEqualTo(4);
        assertThat(run.join().err()).startsWith("the leadership was lost").endsWith("standing again\n");
    }

    @Test
    void stands_once_if_that_is_wanted() {
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(
                () -> zab("elect", "--once", home, "sh", "-c", "echo > " + told + "; exec sleep 50"));
        Eventually.holds(() -> Files.exists(told));

        client.delete(home + "/" + client.getChildren(home).get(0), ZabClient.ANY_VERSION);

        assertThat(run)
                .succeedsWithin(20, TimeUnit.SECONDS)
                .isEqualTo(new CommandRun(
                        ExitCode.UNKNOWN,
                        "",
                        "the leadership was lost, the command was ended: its znode was deleted\n"));
    }

    @Test
    void says_what_is_wrong() {
        assertThat(zab("semaphore", home, "true").err()).startsWith("Missing required option: '--leases=LEASES'");
        assertThat(zab("semaphore", "-n", "0", home, "true"))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "a semaphore has at least one lease, not 0\n"));
        assertThat(zab("semaphore", "-n", "1", home)).isEqualTo(new CommandRun(ExitCode.USAGE, "", "which command?\n"));
        assertThat(zab("elect", home, "--")).isEqualTo(new CommandRun(ExitCode.USAGE, "", "which command?\n"));
        assertThat(zab("elect", "--list", home, "-o", "json"))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE, "", "'-o' would not be run; options stand in front of the PATH\n"));
        assertThat(zab("elect", "/", "true").err()).contains("below the root");
        assertThat(zab("elect", home, "no-such-command-here").err()).startsWith("cannot run no-such-command-here: ");
        assertThat(client.getChildren(home)).isEmpty();
    }

    private static LeadershipListener listener(CompletableFuture<Grant> elected) {
        return new LeadershipListener() {
            @Override
            public void elected(Grant leadership) {
                elected.complete(leadership);
            }

            @Override
            public void deposed(String reason) {}
        };
    }
}
