package io.zabkeeper.cli;

import io.zabkeeper.cli.command.CommandFailure;
import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.ZnodeData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.reader.History;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code history} in the shell: the lines that were typed, the newest last. */
@Command(
        name = "history",
        description =
                "List the lines that were typed, those of earlier shells too. Lines from a file or a pipe are not kept.")
final class ShellHistory implements Callable<Integer> {
    private final History history;

    @ParentCommand
    private @Nullable Zab zab;

    @Parameters(paramLabel = "N", arity = "0..1", description = "Only the last N lines.")
    private int count = Integer.MAX_VALUE;

    ShellHistory(History history) {
        this.history = history;
    }

    @Override
    public Integer call() {
        if (zab == null) {
            throw new IllegalStateException("not run through the shell");
        }
        if (count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "N is 1 or more, not " + count);
        }
        List<String> lines = new ArrayList<>();
        for (History.Entry entry : history) {
            lines.add((entry.index() + 1) + "  " + ZnodeData.onOneLine(entry.line()));
        }
        lines.subList(Math.max(0, lines.size() - count), lines.size()).forEach(zab.screen()::result);
        return ExitCode.DONE;
    }
}
