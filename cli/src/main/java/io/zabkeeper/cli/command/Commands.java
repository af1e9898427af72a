package io.zabkeeper.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/** The commands, in the order in which the help lists them. */
final class Commands {
    static final List<Class<?>> ALL = List.of(
            CreateCommand.class,
            GetCommand.class,
            SetCommand.class,
            LsCommand.class,
            StatCommand.class,
            RmCommand.class,
            WatchCommand.class,
            TreeCommand.class,
            DuCommand.class,
            DeleteAllCommand.class,
            FindCommand.class,
            CpCommand.class,
            MvCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            DiffCommand.class,
            ApplyCommand.class,
            AclCommand.class,
            SyncCommand.class,
            WhoAmICommand.class,
            EphemeralsCommand.class,
            LockCommand.class,
            SemaphoreCommand.class,
            ElectCommand.class,
            QuotaCommand.class,
            DelQuotaCommand.class,
            AuthCommand.class,
            MultiCommand.class,
            ConfigCommand.class,
            StatusCommand.class,
            MembersCommand.class,
            TopCommand.class,
            BenchCommand.class,
            EnsembleCommand.class);

    private Commands() {}

    /**
     * Those that can be meant: picocli takes an eighth of a second to look at all, a third of what a command may take.
     *
     * @return all, if none is named, or the words ask for help before they name one
     */
    static List<Class<?>> namedIn(List<String> words) {
        List<Class<?>> named = new ArrayList<>();
        int first = words.size();
        for (Class<?> command : ALL) {
            for (String name : names(command)) {
                int at = words.indexOf(name);
                if (at >= 0) {
                    named.add(command);
                    first = Math.min(first, at);
                }
            }
        }
        boolean isHelpWanted = words.subList(0, first).stream().anyMatch(List.of("-h", "--help")::contains);
        return named.isEmpty() || isHelpWanted ? ALL : named;
    }

    private static List<String> names(Class<?> command) {
        Command annotation = command.getAnnotation(Command.class);
        List<String> names = new ArrayList<>(List.of(annotation.name()));
        names.addAll(Arrays.asList(annotation.aliases()));
        return names;
    }
}
