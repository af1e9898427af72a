package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Screen;
import java.util.concurrent.TimeUnit;

/** A number that grows on one line of a terminal while something takes its time; nowhere else. */
final class Progress {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Screen screen;
    private final String what;
    private long shownNanos = System.nanoTime();
    private boolean isShown;

    /** @param what is counted */
    Progress(Screen screen, String what) {
        this.screen = screen;
        this.what = what;
    }

    void show(long number) {
        long now = System.nanoTime();
        if (screen.isErrStyled() && now - shownNanos >= PERIOD_NANOS) {
            shownNanos = now;
            isShown = true;
            screen.noteOnLine("\r" + number + " " + what);
        }
    }

    /** Clears the line for what comes next. */
    void end() {
        if (isShown) {
            isShown = false;
            screen.noteOnLine("\r\033[K");
        }
    }
}
