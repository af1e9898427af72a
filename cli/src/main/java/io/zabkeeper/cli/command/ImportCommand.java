package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.treefile.TreeFile;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab import}: creates the znodes of a file. */
@Command(
        name = "import",
        description = {
            "Create the znodes of a file as 'export' writes it, and say how many that were.",
            "As many at once as fit into one transaction. A znode gets the ACL of the file, or is open to everybody."
        })
final class ImportCommand extends FileCommand {
    /** What to do with a znode that is there already. */
    enum IfExists {
        FAIL,
        SKIP,
        REPLACE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--if-exists",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "With a znode that is there: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). To fail is"
                    + " to change nothing at all; to replace is to set data and ACL, unless they changed meanwhile.")
    private IfExists ifExists = IfExists.FAIL;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "FILE", description = FILE_DESCRIPTION)
    private String file = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = PATH_DESCRIPTION)
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
        if (ifExists == IfExists.FAIL) {
            refuseExisting(plan);
        }
        Plan wanted = plan.only(
                ifExists == IfExists.REPLACE ? Set.of(Plan.Kind.CREATE, Plan.Kind.CHANGE) : Set.of(Plan.Kind.CREATE));
        new PlanRun(session, wanted, new Progress(screen(), "changes made")).run();
        long created = wanted.count(Plan.Kind.CREATE);
        long replaced = wanted.count(Plan.Kind.CHANGE);
        print(created, replaced, plan.steps().size() - created - replaced);
    }

    private static void refuseExisting(Plan plan) {
        for (Plan.Step step : plan.steps()) {
            // The root always exists, and whoever imports everything means what is below it.
            if (step.kind() != Plan.Kind.CREATE && !step.path().equals(ZnodePath.ROOT)) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "NODEEXISTS: " + step.path() + " exists already, nothing was changed;"
                                + " --if-exists says what to do with it");
            }
        }
    }

    private void print(long created, long replaced, long left) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("created", created);
            object.put("replaced", replaced);
            object.put("left", left);
            screen().result(Json.of(object));
        } else {
            screen().result("created " + created + ", replaced " + replaced + ", left as they were " + left);
        }
    }
}
