package io.zabkeeper.cli.command;

/** How a command ends, for the script that called it. */
public final class ExitCode {
    /** It is done. */
    public static final int DONE = 0;

    /** The service said no, or what was asked cannot be done; the reason is on stderr. */
    public static final int REFUSED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** No server could be reached, or the answer was lost: a write may or may not have happened. */
    public static final int UNKNOWN = 3;

    private ExitCode() {}
}
