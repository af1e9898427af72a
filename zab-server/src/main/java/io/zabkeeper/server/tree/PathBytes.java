package io.zabkeeper.server.tree;

/**
 * A path as UTF-8 in a buffer that is used again and again, so that looking one up allocates nothing. Belongs to the
 * loop.
 */
final class PathBytes {
    private static final int MOST_PER_CHAR = 3;

    private byte[] buffer = new byte[1024];

    /** Valid until the next {@link #encode}. */
    byte[] array() {
        return buffer;
    }

    /**
     * How many bytes the first {@code end} characters take. Surrogates are encoded one by one: no znode has any in its
     * name, so such a path leads nowhere, as it has to.
     */
    int encode(String path, int end) {
        if (buffer.length < MOST_PER_CHAR * end) {
            buffer = new byte[MOST_PER_CHAR * end];
        }
        byte[] to = buffer;
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c < 0x80) {
                to[length++] = (byte) c;
            } else if (c < 0x800) {
                to[length++] = (byte) (0xc0 | c >> 6);
                to[length++] = (byte) (0x80 | (c & 0x3f));
            } else {
                to[length++] = (byte) (0xe0 | c >> 12);
                to[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                to[length++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return length;
    }
}
