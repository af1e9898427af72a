package io.zabkeeper.consensus.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script with what it is expected to bring about.
 *
 * <pre>
 *   # Which bug, which rule, what happens.
 *   mutation NAME            the rule of the core whose absence must be noticed, if there is one
 *
 *   command                  a block: commands,
 *   command
 *   ----
 *   fact                     and the facts that follow from them
 * </pre>
 */
record Scenario(List<String> comments, @Nullable String mutation, List<Block> blocks) {
    /** Some commands and their outcome. */
    record Block(List<String> commands, List<String> facts) {}

    static Scenario parse(String text) {
        List<String> comments = new ArrayList<>();
        String mutation = null;
        List<Block> blocks = new ArrayList<>();
        for (String paragraph : text.strip().split("\n\n+", -1)) {
            List<String> commands = new ArrayList<>();
            List<String> facts = new ArrayList<>();
            List<String> target = commands;
            for (String line : paragraph.lines().toList()) {
                if (line.startsWith("#")) {
                    comments.add(line);
                } else if (line.startsWith("mutation ")) {
                    mutation = line.substring("mutation ".length()).strip();
                } else if (line.equals("----")) {
                    target = facts;
                } else {
                    target.add(line.strip());
                }
            }
            if (!commands.isEmpty()) {
                blocks.add(new Block(commands, facts));
            }
        }
        return new Scenario(comments, mutation, blocks);
    }

    /** As {@link #parse} reads it. */
    String format() {
        StringBuilder text = new StringBuilder();
        comments.forEach(line -> text.append(line).append('\n'));
        if (mutation != null) {
            text.append("mutation ").append(mutation).append('\n');
        }
        for (Block block : blocks) {
            text.append('\n');
            block.commands.forEach(line -> text.append(line).append('\n'));
            text.append("----\n");
            block.facts.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
