package io.zabkeeper.cli.command;

/** Ends a command with a message and an exit code. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public final int exitCode() {
        return exitCode;
    }
}
