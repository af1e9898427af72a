package io.zabkeeper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zab semaphore}: runs a command while it has one of several leases, and ends it when the lease is lost. */
@Command(
        name = "semaphore",
        description = {
            "Run a command while having one of several leases; its exit code becomes this one's.",
            "Its environment has ZAB_FENCING_TOKEN, a number of its own for each holder, and ZAB_LEASE_PATH, the znode that"
                    + " stands for the lease. When the lease is lost, or may be, the command is ended, and the exit code"
                    + " is 3.",
            "All who use one PATH must name the same number of leases. Programs with this client's Semaphore or Curator's"
                    + " InterProcessSemaphoreV2 contend for the same leases."
        })
final class SemaphoreCommand extends GuardingCommand {
    @Option(
            names = {"-n", "--leases"},
            required = true,
            paramLabel = "LEASES",
            description = "How many may have one at once.")
    private int leases;

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Override
    String what() {
        return "lease";
    }

    @Override
    Held acquire(Session session) throws InterruptedException {
        return session.lease(path(), leases, patience.duration())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.REFUSED,
                        "others have all " + leases + " leases of " + path() + " for longer than " + patience));
    }
}
