package io.zabkeeper.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A shell at a terminal, with somebody who types and reads what comes. */
final class TypedShell implements AutoCloseable {
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String TAB = "\t";

    private static final long DEADLINE_SECONDS = 30;

    private final Process process;
    private final StringBuilder screen = new StringBuilder();
    private int seen;

    private TypedShell(Process process) {
        this.process = process;
    }

    static TypedShell start(ProcessBuilder builder) throws IOException {
        TypedShell shell = new TypedShell(builder.redirectErrorStream(true).start());
        Thread reader = new Thread(shell::read);
        reader.setDaemon(true);
        reader.start();
        return shell;
    }

    TypedShell type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Waits for a text behind all that was waited for before. */
    TypedShell await(String text) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!look(text)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("no '" + text + "' within " + DEADLINE_SECONDS + " s behind:\n" + shown());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return this;
    }

    /** All that was shown, without what moves the cursor or colours the text. */
    synchronized String shown() {
        return screen.toString();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no end within " + DEADLINE_SECONDS + " s behind:\n" + shown());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private synchronized boolean look(String text) {
        int at = screen.indexOf(text, seen);
        if (at >= 0) {
            seen = at + text.length();
        }
        return at >= 0;
    }

    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\u001b') {
                    skipControl(in);
                } else if (c == '\n' || c >= ' ') {
                    show((char) c);
                }
            }
        } catch (IOException e) {
            // A terminal that has gone is how it ends.
        }
    }

    /** A control sequence ends with a letter; what stands behind ESC without a bracket is one character. */
    private static void skipControl(Reader in) throws IOException {
        int c = in.read();
        if (c == '[') {
            do {
                c = in.read();
            } while (c >= 0 && !Character.isLetter(c));
        }
    }

    private synchronized void show(char c) {
        screen.append(c);
    }
}
