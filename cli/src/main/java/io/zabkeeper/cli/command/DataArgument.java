package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Data as it is given on the command line: {@code -} stands for stdin, {@code @FILE} for a file's content. */
final class DataArgument {
    /** For the help of each command that takes data. */
    static final String DESCRIPTION = "The data: text, '-' for stdin, '@FILE' for a file, '@@TEXT' for text with an @.";

    private DataArgument() {}

    static Bytes read(String argument, InputStream in, Path workingDir) throws IOException {
        if (argument.equals("-")) {
            return Bytes.of(in.readAllBytes());
        }
        if (argument.startsWith("@@")) {
            return Bytes.of(argument.substring(1).getBytes(StandardCharsets.UTF_8));
        }
        if (argument.startsWith("@")) {
            return Bytes.of(content(workingDir.resolve(argument.substring(1))));
        }
        return Bytes.of(argument.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, "there is no file " + file + " to read the data from");
        }
    }
}
