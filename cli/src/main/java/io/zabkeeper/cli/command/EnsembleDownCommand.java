package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Screen;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code zab ensemble down}: stops the members and waits until their processes are gone. */
@Command(name = "down", description = "Stop the ensemble; no process is left. The data stays for the next 'up'.")
final class EnsembleDownCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable EnsembleCommand ensemble;

    @Option(names = "--purge", description = "Delete the data, the logs and the configuration too.")
    private boolean isPurged;

    @Mixin
    private EnsembleCommand.Dir dir = new EnsembleCommand.Dir();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ensemble == null) {
            throw new IllegalStateException("not run through zab ensemble");
        }
        Screen screen = ensemble.zab().screen();
        int stopped = ensemble.local(dir).down(isPurged);
        screen.note(
                stopped == 0
                        ? "No member was running."
                        : "Stopped " + stopped + (stopped == 1 ? " member." : " members."));
        return ExitCode.DONE;
    }
}
