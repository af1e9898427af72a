package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A member's process, known across runs of the command by its id and its start time: ids are used again.
 *
 * <p>The process leads a session of its own, so that neither Ctrl-C nor a closed terminal reaches it.
 */
final class MemberProcess {
    private static final String FILE = "pid";
    private static final long POLL_MS = 20;

    private final ProcessHandle handle;

    private MemberProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /** Starts a member in its folder; its output goes to the file {@code log} there. */
    static MemberProcess start(Path script, Path home, Path configuration) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(isOnPath("setsid") ? "setsid" : "nohup");
        command.add(script.toString());
        command.add(configuration.toString());
        ProcessHandle handle = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()))
                .redirectErrorStream(true)
                .start()
                .toHandle();
        Files.writeString(home.resolve(FILE), handle.pid() + " " + startMillis(handle) + "\n");
        return new MemberProcess(handle);
    }

    /** The member's process if it still runs. */
    static Optional<MemberProcess> find(Path home) throws IOException {
        String[] words;
        try {
            words = Files.readString(home.resolve(FILE)).strip().split(" ", -1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (words.length != 2) {
            return Optional.empty(); // The command was killed between creating the file and filling it.
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(handle -> startMillis(handle) == Long.parseLong(words[1]))
                .map(MemberProcess::new)
                .filter(MemberProcess::isRunning);
    }

    static Path log(Path home) {
        return home.resolve("log");
    }

    static void forget(Path home) throws IOException {
        Files.deleteIfExists(home.resolve(FILE));
    }

    long pid() {
        return handle.pid();
    }

    /** A process that has ended but that nobody has waited for does not run, though it still has its id. */
    boolean isRunning() {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            return handle.isAlive(); // It ended just now, or this system has no /proc.
        }
    }

    /** Asks the process to end. */
    void terminate() {
        handle.destroy();
    }

    /** Ends the process without asking. */
    void kill() {
        handle.destroyForcibly();
    }

    /** Waits until the process has ended; false when it has not after that time. */
    boolean awaitEnd(long timeoutMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (isRunning()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return true;
    }

    private static long startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isOnPath(String command) {
        for (String dir : List.of("/usr/bin", "/bin")) {
            if (Files.isExecutable(Path.of(dir, command))) {
                return true;
            }
        }
        return false;
    }
}
