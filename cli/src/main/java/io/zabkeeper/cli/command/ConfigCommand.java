package io.zabkeeper.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zab config}: settings that programs share, each a child of one znode. */
@Command(
        name = "config",
        description = {
            "Read, set and follow settings that programs share: the children of one znode, each a key with its value as"
                    + " text.",
            "Programs with this client's Config follow the same settings."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigGetCommand.class, ConfigSetCommand.class, ConfigWatchCommand.class})
final class ConfigCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        throw new CommandFailure(ExitCode.USAGE, "get, set or watch?");
    }
}
