package io.zabkeeper.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members that the command as it was built has started, in processes of their own. */
final class BuiltEnsemble implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 120;
    private static final int TRIES = 5;

    private final Path dir;
    private final Map<String, String> variables;
    private String connectString = "";

    private BuiltEnsemble(Path dir, Map<String, String> variables) {
        this.dir = dir;
        this.variables = variables;
    }

    /** Three members, as the command starts without being told how many. */
    static BuiltEnsemble start(Path dir) throws IOException, InterruptedException {
        return start(dir, Map.of());
    }

    /** @param variables for the members and for every command */
    static BuiltEnsemble start(Path dir, Map<String, String> variables) throws IOException, InterruptedException {
        return start(dir, variables, "ensemble", "up");
    }

    static BuiltEnsemble start(Path dir, int members) throws IOException, InterruptedException {
        return start(dir, Map.of(), "ensemble", "up", "--size", Integer.toString(members));
    }

    /** Ports that are taken are not ours to know: other ones are tried. */
    private static BuiltEnsemble start(Path dir, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        BuiltEnsemble ensemble = new BuiltEnsemble(dir, variables);
        Run up = ensemble.up(command);
        for (int tried = 1; up.exitCode() != 0 && tried < TRIES; tried++) {
            up = ensemble.up(command);
        }
        if (up.exitCode() != 0) {
            throw new IOException("no ensemble: " + up.err());
        }
        ensemble.connectString = up.out().strip();
        return ensemble;
    }

    private Run up(String... command) throws IOException, InterruptedException {
        int basePort = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--dir", dir.resolve("ensemble").toString(), "--base-port", "" + basePort));
        return zab(words.toArray(String[]::new));
    }

    String connectString() {
        return connectString;
    }

    /** Runs a command to its end. */
    Run zab(String... arguments) throws IOException, InterruptedException {
        return zabFed("", arguments);
    }

    /** @param in what the command finds on stdin */
    Run zabFed(String in, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(binary().toString()));
        words.addAll(List.of(arguments));
        return run(in, words);
    }

    /** Runs any command to its end, with this ensemble as its servers. */
    Run run(List<String> words) throws IOException, InterruptedException {
        return run("", words);
    }

    private Run run(String in, List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(dir, "out", "");
        Path err = Files.createTempFile(dir, "err", "");
        long beginNanos = System.nanoTime();
        Process process = prepared(words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(in.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end within " + DEADLINE_SECONDS + " s: " + words);
        }
        long nanos = System.nanoTime() - beginNanos;
        return new Run(process.exitValue(), read(out), read(err), TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Runs the shell at a terminal; what runs in the background ignores Ctrl-C, and its children with it. */
    TypedShell shell(String... options) throws IOException {
        String command = "stty cols 100 rows 30; exec env --default-signal=INT '" + binary() + "' "
                + String.join(" ", options) + " shell";
        return TypedShell.start(prepared(List.of("script", "-qfec", command, "/dev/null")));
    }

    static Path binary() {
        return Path.of(System.getProperty("zabkeeper.root"), "bin", "zab");
    }

    private ProcessBuilder prepared(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(dir.toFile());
        builder.environment().putAll(variables);
        builder.environment().put("HOME", dir.toString()); // Where the history is.
        builder.environment().put("TERM", "xterm");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ZAB_SERVERS", connectString.isEmpty() ? "127.0.0.1:1" : connectString);
        return builder;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Kills all members but one, which is told nothing. */
    void killAllButOne() throws IOException, InterruptedException {
        String status = zab(
                        "ensemble",
                        "status",
                        "-o",
                        "json",
                        "--dir",
                        dir.resolve("ensemble").toString())
                .out();
        Matcher pids = Pattern.compile("\"pid\":(\\d+)").matcher(status);
        for (boolean isFirst = true; pids.find(); isFirst = false) {
            if (!isFirst) {
                ProcessHandle.of(Long.parseLong(pids.group(1))).orElseThrow().destroyForcibly();
            }
        }
    }

    /** Starts the members that do not run. */
    Run upAgain() throws IOException, InterruptedException {
        return zab("ensemble", "up", "--dir", dir.resolve("ensemble").toString());
    }

    /** Ends the members. */
    Run down() throws IOException, InterruptedException {
        return zab("ensemble", "down", "--dir", dir.resolve("ensemble").toString());
    }

    @Override
    public void close() throws IOException {
        try {
            down();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What became of a command. */
    record Run(int exitCode, String out, String err, long millis) {}
}
