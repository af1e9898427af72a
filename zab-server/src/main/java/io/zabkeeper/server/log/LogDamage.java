package io.zabkeeper.server.log;

/**
 * Where a log is known to lack what it once held, and why. It is never cut there.
 *
 * @param file as the operator finds it
 * @param offset in the file
 */
public record LogDamage(String file, long offset, String reason) {
    @Override
    public String toString() {
        return file + " is damaged at offset " + offset + ": " + reason;
    }
}
