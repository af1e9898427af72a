package io.zabkeeper.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab delquota}: {@code zab quota --delete} for fingers that know zkCli, and one limit alone. */
@Command(
        name = "delquota",
        hidden = true,
        description = "Remove a quota, or those of its limits that are named; with the last limit the quota goes, too.")
final class DelQuotaCommand extends SessionCommand {
    @Option(names = "-n", description = "The limit of znodes.")
    private boolean isCount;

    @Option(names = "-b", description = "The limit of bytes.")
    private boolean isBytes;

    @Option(names = "-N", description = "The hard limit of znodes.")
    private boolean isHardCount;

    @Option(names = "-B", description = "The hard limit of bytes.")
    private boolean isHardBytes;

    @Parameters(paramLabel = "PATH", description = "The top of the subtree.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Quota quota = new Quota(session, path);
        Optional<QuotaText> limits = quota.limits();
        if (limits.isEmpty()) {
            throw new CommandFailure(ExitCode.REFUSED, path + " has no quota");
        }
        List<String> named = named();
        if (named.isEmpty() || !without(limits.get(), named).isLimiting()) {
            quota.delete();
        } else {
            quota.set(before -> without(before, named));
        }
    }

    private List<String> named() {
        List<String> named = new ArrayList<>();
        if (isCount) {
            named.add(QuotaText.COUNT);
        }
        if (isBytes) {
            named.add(QuotaText.BYTES);
        }
        if (isHardCount) {
            named.add(QuotaText.HARD_COUNT);
        }
        if (isHardBytes) {
            named.add(QuotaText.HARD_BYTES);
        }
        return named;
    }

    private static QuotaText without(QuotaText limits, List<String> named) {
        QuotaText rest = limits;
        for (String key : named) {
            rest = rest.without(key);
        }
        return rest;
    }
}
