package io.zabkeeper.cli;

import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completes commands, options, values of options, and paths; what to offer where comes from the commands' own model. */
final class ShellCompleter implements Completer {
    /** How commands call an argument that is a path. */
    private static final Set<String> PATHS = Set.of("PATH", "SRC", "DST");

    private final CommandLine commands;
    private final PathCache paths;

    ShellCompleter(CommandLine commands, PathCache paths) {
        this.commands = commands;
        this.paths = paths;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        candidates.addAll(candidates(before, line.word()));
    }

    /** What may stand for a word that begins so, behind these words. */
    List<Candidate> candidates(List<String> before, String prefix) {
        List<Candidate> candidates = new ArrayList<>();
        CommandLine command = commands;
        OptionSpec open = null;
        int positionals = 0;
        for (String word : before) {
            CommandLine subcommand = command.getSubcommands().get(word);
            if (open != null) {
                open = null;
            } else if (word.startsWith("-") && word.length() > 1) {
                open = optionThatWantsValue(command, word);
            } else if (subcommand != null && positionals == 0) {
                command = subcommand;
            } else {
                positionals++;
            }
        }
        if (open != null) {
            addValues(open, candidates);
        } else if (prefix.startsWith("-")) {
            addOptions(command, candidates);
        } else if (!command.getSubcommands().isEmpty()) {
            addCommands(command, candidates);
        } else if (isPathAt(command, positionals)) {
            addPaths(prefix, candidates);
        }
        return candidates;
    }

    private static @Nullable OptionSpec optionThatWantsValue(CommandLine command, String word) {
        OptionSpec option = command.getCommandSpec().findOption(word);
        return option == null || option.arity().max() == 0 ? null : option;
    }

    private static void addValues(OptionSpec option, List<Candidate> candidates) {
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(value -> candidates.add(new Candidate(value)));
        }
    }

    private static void addOptions(CommandLine command, List<Candidate> candidates) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            String description = option.description().length == 0 ? null : option.description()[0];
            candidates.add(
                    new Candidate(option.longestName(), option.longestName(), null, description, null, null, true));
        }
    }

    private static void addCommands(CommandLine command, List<Candidate> candidates) {
        command.getSubcommands().forEach((name, subcommand) -> {
            String[] description = subcommand.getCommandSpec().usageMessage().description();
            candidates.add(
                    new Candidate(name, name, null, description.length == 0 ? null : description[0], null, null, true));
        });
    }

    private static boolean isPathAt(CommandLine command, int position) {
        for (PositionalParamSpec positional : command.getCommandSpec().positionalParameters()) {
            if (positional.index().contains(position) && PATHS.contains(positional.paramLabel())) {
                return true;
            }
        }
        return false;
    }

    /** Offers the children; no blank is put behind one, because the path may go on. */
    private void addPaths(String prefix, List<Candidate> candidates) {
        if (!prefix.startsWith("/")) {
            candidates.add(new Candidate("/", "/", null, null, null, null, false));
            return;
        }
        String parent = ZnodePath.parent(prefix);
        for (String name : paths.children(parent)) {
            String path = ZnodePath.child(parent, name);
            candidates.add(new Candidate(path, name, null, null, null, null, false));
        }
    }
}
