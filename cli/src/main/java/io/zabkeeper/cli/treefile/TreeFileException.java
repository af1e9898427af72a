package io.zabkeeper.cli.treefile;

import java.io.IOException;

/** A file that is not what it should be; the message names the file, the line and the cause. */
public final class TreeFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param line counted from 1; 0 if it is about the whole file */
    TreeFileException(String file, int line, String cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + cause);
    }
}
