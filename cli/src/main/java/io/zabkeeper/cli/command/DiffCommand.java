package io.zabkeeper.cli.command;

import io.zabkeeper.cli.treefile.TreeFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zab diff}: what differs between a file and the service. */
@Command(
        name = "diff",
        description = {
            "Print what would make a subtree as a file has it: + to create, ~ to change, - to delete.",
            "ACLs are compared where the file has them. Ephemeral znodes do not count."
        },
        exitCodeListHeading = "%nExit codes, not quite those of the other commands:%n",
        exitCodeList = {
            "0:they are the same",
            "1:they differ",
            "2:the command line or the file is wrong, or the service said no; the reason is on stderr",
            "3:no server could be reached, or the answer was lost",
        })
final class DiffCommand extends FileCommand {
    private static final int DIFFERENT = 1;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "FILE", description = FILE_DESCRIPTION)
    private String file = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = PATH_DESCRIPTION)
    private @Nullable String path;

    private boolean isSame;

    @Override
    String file() {
        return file;
    }

    @Override
    @Nullable
    String place() {
        return path;
    }

    /** Gives 1 its meaning here, and failures that usually have it another. */
    @Override
    public Integer call() throws InterruptedException, IOException {
        try {
            super.call();
        } catch (CommandFailure failure) {
            throw failure.exitCode() == ExitCode.REFUSED ? trouble(failure) : failure;
        } catch (IOException failure) {
            throw trouble(failure);
        }
        return isSame ? ExitCode.DONE : DIFFERENT;
    }

    @Override
    void run(Session session, TreeFile tree, String place) throws InterruptedException {
        Plan plan = Plan.of(session, tree, place).withDeletions(session, place);
        new PlanText(screen(), output.format()).print(plan);
        isSame = plan.count(Plan.Kind.KEEP) == plan.steps().size();
    }

    private static CommandFailure trouble(Exception failure) {
        return new CommandFailure(ExitCode.USAGE, String.valueOf(failure.getMessage()));
    }
}
