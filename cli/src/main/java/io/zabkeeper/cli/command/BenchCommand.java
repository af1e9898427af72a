package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code zab bench}: a load that ends, and how long its operations took. */
@Command(
        name = "bench",
        description = {
            "Put a bounded load on the servers and print how many operations they did and how long these took.",
            "get reads, set writes, create creates a znode and deletes it, mixed reads nine times of ten and writes once."
        },
        footer = {
            "",
            "Its znodes are ephemeral, below a container of its own: nothing is left, even if it is killed.",
            "A server accepts 60 connections from one address unless its configuration says otherwise."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int MAX_OPERATIONS_AT_ONCE = 1000;
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_ZNODES = 100_000;
    private static final int MAX_BYTES = 1_000_000;

    @ParentCommand
    private @Nullable Zab zab;

    @Option(
            names = {"-c", "--clients"},
            paramLabel = "N",
            defaultValue = "8",
            description = "So many sessions (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = {"-f", "--in-flight"},
            paramLabel = "N",
            defaultValue = "1",
            description = "So many operations under way in each session (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "End after so long (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = {"-n", "--operations"},
            paramLabel = "N",
            description = "End after so many operations, if that is earlier.")
    private long operations = Long.MAX_VALUE;

    @Option(
            names = {"-b", "--bytes"},
            paramLabel = "N",
            defaultValue = "100",
            description = "The data of a znode (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = {"-z", "--znodes"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many znodes to work on (default: ${DEFAULT-VALUE}).")
    private int znodes;

    @Option(
            names = "--below",
            paramLabel = "PATH",
            defaultValue = ZnodePath.ROOT,
            description = "Where the znodes are made (default: ${DEFAULT-VALUE}).")
    private String below = ZnodePath.ROOT;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "WORKLOAD",
            arity = "0..1",
            defaultValue = "mixed",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Workload workload = Workload.MIXED;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (zab == null) {
            throw new IllegalStateException("not run through zab");
        }
        LoadReport report = run(zab);
        if (output.format() == Format.JSON) {
            zab.screen().result(Json.of(report.object()));
        } else {
            report.lines().forEach(zab.screen()::result);
        }
        return report.exitCode();
    }

    private LoadReport run(Zab zab) throws InterruptedException, IOException {
        SessionCommand.checkPath(below);
        Load load = new Load(size(), source(zab));
        Progress progress = new Progress(zab.screen(), "operations");
        try {
            return load.run(below, progress::show);
        } finally {
            progress.end();
        }
    }

    private static Load.SessionSource source(Zab zab) throws IOException {
        List<Identity> identities = zab.identities();
        Context.Sessions sessions = zab.context().sessions().unshared();
        Target target = zab.target();
        return () -> {
            Session session = sessions.open(target);
            sessions.identify(session, identities);
            return session;
        };
    }

    private Load.Size size() {
        require("--clients", clients, MAX_OPERATIONS_AT_ONCE);
        require("--in-flight", inFlight, MAX_OPERATIONS_AT_ONCE);
        require("--clients times --in-flight", (long) clients * inFlight, MAX_OPERATIONS_AT_ONCE);
        require("--operations", operations, Long.MAX_VALUE);
        require("--znodes", znodes, MAX_ZNODES);
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new CommandFailure(ExitCode.USAGE, "--bytes is from 0 to " + MAX_BYTES + ", not " + bytes);
        }
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--duration is more than 0 and up to " + MAX_SECONDS + " s, not " + seconds);
        }
        return new Load.Size(workload, clients, inFlight, operations, seconds, znodes, bytes);
    }

    private static void require(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw new CommandFailure(ExitCode.USAGE, option + " is from 1 to " + most + ", not " + value);
        }
    }
}
