package io.zabkeeper.server.ensemble;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One member in a process of its own, as an operator starts it. */
public final class MemberProcess {
    /** Long enough for a machine that is busy: one that says nothing in time passes for one that does not serve. */
    private static final int ANSWER_MS = 5_000;

    private final Path directory;
    private final int clientPort;
    private final Program program;
    private final List<String> jvmOptions;
    private @Nullable Process process;
    private int loggedBefore;

    MemberProcess(Path directory, int clientPort, Program program, List<String> jvmOptions) {
        this.directory = directory;
        this.clientPort = clientPort;
        this.program = program;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    Program program() {
        return program;
    }

    public int clientPort() {
        return clientPort;
    }

    public String address() {
        return "127.0.0.1:" + clientPort;
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Path config() {
        return directory.resolve("zoo.cfg");
    }

    /** Everything that the member has logged in all its lives. */
    public String log() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** What the member has logged since it was started last. */
    public String logOfThisLife() throws IOException {
        return log().substring(loggedBefore);
    }

    public void start() throws IOException {
        start(ClassData.options(program));
    }

    /** @param classes where the virtual machine finds them */
    void start(List<String> classes) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + logging()));
        command.addAll(jvmOptions);
        command.addAll(classes);
        command.addAll(List.of(program.mainClass(), config().toString()));
        loggedBefore = log().length();
        File log = directory.resolve("log").toFile();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static Path logging() {
        return Path.of(System.getProperty("zabkeeper.root", ".."), "conf", "logback.xml");
    }

    /** Power off, as far as a process goes. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            join(running);
        }
    }

    /** SIGTERM. */
    public int stop() throws InterruptedException {
        Process running = process();
        running.destroy();
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the member does not end");
        }
        return running.exitValue();
    }

    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process().pid()))
                .start()
                .waitFor();
    }

    /** Waits for the process to end by itself and returns its exit code. */
    public int exitCode(Duration within) throws InterruptedException {
        if (!process().waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the member goes on, expected it to end");
        }
        return process().exitValue();
    }

    public long pid() {
        return process().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Process process() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private static void join(Process running) {
        try {
            running.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks a four-letter word. */
    public String ask(String word) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** {@code leader}, {@code follower}, {@code standalone}, or null when it does not serve. */
    public @Nullable String mode() {
        try {
            for (String line : ask("srvr").split("\n", -1)) {
                if (line.startsWith("Mode: ")) {
                    return line.substring("Mode: ".length());
                }
            }
        } catch (IOException unreachable) {
            return null;
        }
        return null;
    }
}
