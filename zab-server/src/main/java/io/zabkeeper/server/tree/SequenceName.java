package io.zabkeeper.server.tree;

/** The number that a sequential create appends (client protocol §4.4): ten characters, more when it has overflown far. */
final class SequenceName {
    private static final int WIDTH = 10;

    private SequenceName() {}

    /** @param createdChildren how many children the parent has ever had; negative after 2,147,483,647 */
    static String append(String path, int createdChildren) {
        String digits = Long.toString(Math.abs((long) createdChildren));
        int width = createdChildren < 0 ? WIDTH - 1 : WIDTH;
        StringBuilder name = new StringBuilder(path.length() + WIDTH + 1).append(path);
        if (createdChildren < 0) {
            name.append('-');
        }
        for (int i = digits.length(); i < width; i++) {
            name.append('0');
        }
        return name.append(digits).toString();
    }
}
