package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A write of {@code zab multi} as it was given, and where. */
record OperationLine(String where, Change change) {
    private static final int ANY_VERSION = -1;

    /** What data stands for. */
    @FunctionalInterface
    interface DataReader {
        Bytes read(String argument) throws IOException;
    }

    /**
     * Of a line that has words.
     *
     * @throws CommandFailure that names the line and what is wrong with it
     */
    static OperationLine parse(String where, String line, DataReader data) throws IOException {
        try {
            return new OperationLine(where, change(ShellWords.of(line), data));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, where + ": " + e.getMessage());
        } catch (CommandFailure failure) {
            throw new CommandFailure(failure.exitCode(), where + ": " + failure.getMessage());
        }
    }

    private static Change change(List<String> words, DataReader data) throws IOException {
        List<String> rest = new ArrayList<>();
        int version = ANY_VERSION;
        boolean hasVersion = false;
        boolean areOptionsOver = false;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!areOptionsOver && word.equals("--")) {
                areOptionsOver = true;
            } else if (!areOptionsOver && (word.equals("-v") || word.equals("--if-version"))) {
                version = version(i + 1 < words.size() ? words.get(i + 1) : "");
                hasVersion = true;
                i++;
            } else {
                rest.add(word);
            }
        }
        String name = words.get(0);
        return switch (name) {
            case "create" -> {
                if (hasVersion) {
                    throw new IllegalArgumentException("what is created has no version yet");
                }
                Bytes content = rest.size() < 2 ? Bytes.EMPTY : data.read(rest.get(1));
                yield new Change.Create(path(name, rest, 2), content, Acl.OPEN_UNSAFE);
            }
            case "set" -> {
                String path = path(name, rest, 2);
                if (rest.size() < 2) {
                    throw new IllegalArgumentException("set needs a PATH and the DATA");
                }
                yield new Change.SetData(path, data.read(rest.get(1)), version);
            }
            case "rm" -> new Change.Delete(path(name, rest, 1), version);
            case "check" -> new Change.Check(path(name, rest, 1), version);
            default ->
                throw new IllegalArgumentException("'" + name + "' is no operation: there are create, set, rm, check");
        };
    }

    private static String path(String name, List<String> rest, int mostWords) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(name + " needs a PATH");
        }
        if (rest.size() > mostWords) {
            throw new IllegalArgumentException(
                    "'" + rest.get(mostWords) + "' is a word too much; data with blanks needs quotes");
        }
        String problem = ZnodePath.problem(rest.get(0));
        if (problem != null) {
            throw new IllegalArgumentException("'" + rest.get(0) + "': " + problem);
        }
        return rest.get(0);
    }

    private static int version(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-v needs a version, not '" + word + "'", e);
        }
    }
}
