package io.zabkeeper.cli.command;

import java.io.IOException;
import java.util.Locale;

/** The word of whoever types the commands, before something that cannot be undone. */
@FunctionalInterface
public interface Approval {
    /** Where nobody can be asked the command itself is the word: a script means what it says. */
    Approval UNASKED = question -> true;

    /**
     * Waits for the answer.
     *
     * @param question as a sentence; the choices are put behind it
     */
    boolean isGiven(String question) throws IOException;

    /** What is shown to somebody who is asked. */
    static String prompt(String question) {
        return question + " [y/N] ";
    }

    /** Whether an answer is a yes; anything that is none is a no. */
    static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
