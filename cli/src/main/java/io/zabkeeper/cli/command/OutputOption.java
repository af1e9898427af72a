package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import picocli.CommandLine.Option;

/** The option that every command has that prints data. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }
}
