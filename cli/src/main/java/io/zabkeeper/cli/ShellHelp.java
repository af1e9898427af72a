package io.zabkeeper.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help} in the shell: the list of commands, or one command's usage. */
@Command(name = "help", description = "List the commands, or explain one.")
final class ShellHelp implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..2", description = "The command to explain.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not run through the shell");
        }
        CommandLine all = spec.commandLine().getParent();
        CommandLine command = all;
        for (String name : names) {
            command = command.getSubcommands().get(name);
            if (command == null) {
                throw new ParameterException(spec.commandLine(), "there is no command '" + name + "'");
            }
        }
        if (command == all) {
            all.getOut().print(all.getHelp().commandList());
            all.getOut().println("  exit      Leave the shell, and end its session.");
            all.getOut().flush();
        } else {
            command.usage(all.getOut());
        }
        return 0;
    }
}
