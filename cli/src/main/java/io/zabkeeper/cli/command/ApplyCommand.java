package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.treefile.TreeFile;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab apply}: makes a subtree as a file has it. */
@Command(
        name = "apply",
        description = {
            "Make a subtree as a file has it: print the plan (+ create, ~ change, - delete), then carry it out.",
            "Asks when stdin is a terminal. A script is not asked.",
            "Each change is on the condition that the znode is as the plan saw it. One transaction, or several when one"
                    + " would be too large; ACLs of znodes that exist are set behind that, one by one.",
            "Ephemeral znodes stay as they are."
        })
final class ApplyCommand extends FileCommand {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = FILE_DESCRIPTION)
    private String file = "";

    @Option(names = "--prune", description = "Delete what is below PATH and not in the file.")
    private boolean isPruning;

    @Option(names = "--dry-run", description = "Print the plan, and change nothing.")
    private boolean isDryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean isApproved;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(arity = "0..1", paramLabel = "PATH", description = PATH_DESCRIPTION)
    private @Nullable String path;

    @Override
    String file() {
        return file;
    }

    @Override
    @Nullable
    String place() {
        return path;
    }

    @Override
    void run(Session session, TreeFile tree, String place) throws InterruptedException, IOException {
        Parents.require(session, place);
        Plan plan = Plan.of(session, tree, place);
        if (isPruning) {
            plan = plan.withDeletions(session, place);
        }
        new PlanText(screen(), output.format()).print(plan);
        Plan changes = plan.only(Set.of(Plan.Kind.CREATE, Plan.Kind.CHANGE, Plan.Kind.DELETE));
        if (!changes.steps().isEmpty() && !isDryRun) {
            approve(changes);
            new PlanRun(session, changes, new Progress(screen(), "changes made")).run();
        }
        conclude(changes);
    }

    private void approve(Plan changes) throws IOException {
        String question = "create " + changes.count(Plan.Kind.CREATE)
                + ", change " + changes.count(Plan.Kind.CHANGE)
                + ", delete " + changes.count(Plan.Kind.DELETE) + "?";
        if (!zab().approval(isApproved).isGiven(question)) {
            throw new CommandFailure(ExitCode.REFUSED, "nothing was changed");
        }
    }

    private void conclude(Plan changes) {
        long created = changes.count(Plan.Kind.CREATE);
        long changed = changes.count(Plan.Kind.CHANGE);
        long deleted = changes.count(Plan.Kind.DELETE);
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("applied", !isDryRun);
            object.put("created", created);
            object.put("changed", changed);
            object.put("deleted", deleted);
            screen().result(Json.of(object));
        } else {
            screen().result((isDryRun ? "would have created " : "created ") + created + ", changed " + changed
                    + ", deleted " + deleted);
        }
    }
}
