package io.zabkeeper.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the shell as words, by the quoting rules of sh: single quotes keep everything, double quotes all but
 * {@code \} before {@code "} and {@code \}; outside of quotes {@code \} keeps the next character.
 */
public final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isInWord;
    private int next;

    private ShellWords(String line) {
        this.line = line;
    }

    /**
     * The words of a line.
     *
     * @throws IllegalArgumentException with a message for the user when a quote is not closed
     */
    public static List<String> of(String line) {
        ShellWords shellWords = new ShellWords(line);
        while (shellWords.next < line.length()) {
            shellWords.take(line.charAt(shellWords.next++));
        }
        shellWords.endWord();
        return shellWords.words;
    }

    private void take(char c) {
        if (Character.isWhitespace(c)) {
            endWord();
            return;
        }
        isInWord = true;
        switch (c) {
            case '\'' -> takeSingleQuoted();
            case '"' -> takeDoubleQuoted();
            case '\\' -> word.append(next < line.length() ? line.charAt(next++) : c);
            default -> word.append(c);
        }
    }

    private void takeSingleQuoted() {
        int end = line.indexOf('\'', next);
        if (end < 0) {
            throw new IllegalArgumentException("a ' is not closed");
        }
        word.append(line, next, end);
        next = end + 1;
    }

    private void takeDoubleQuoted() {
        while (next < line.length()) {
            char c = line.charAt(next++);
            if (c == '"') {
                return;
            }
            boolean isEscape = c == '\\' && next < line.length() && "\"\\".indexOf(line.charAt(next)) >= 0;
            word.append(isEscape ? line.charAt(next++) : c);
        }
        throw new IllegalArgumentException("a \" is not closed");
    }

    private void endWord() {
        if (isInWord) {
            words.add(word.toString());
            word.setLength(0);
            isInWord = false;
        }
    }
}
