package io.zabkeeper.server.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What several clients do, one step after another.
 *
 * <p>A script is written for a root of its own that has a placeholder for a name, of the same length as every real one,
 * so that it can be put into the bytes of a request, whole or damaged, without looking into them.
 *
 * @param seed the number it was made from
 * @param members how many members it knows
 */
record Script(long seed, int members, List<Step> steps) {
    /** What stands for the name of a run's own directory. */
    private static final String HOME = "/s/########";

    /** The root of every script until it runs; what is made beside it does not meet other scripts either. */
    static final String ROOT = HOME + "/r";

    /** Stands for the zxid that a session has seen last, in the low half its number. */
    private static final long LAST_SEEN = 0x5a58_4944_0000_0000L;

    private static final byte[] HOME_BYTES = HOME.getBytes(StandardCharsets.US_ASCII);
    private static final int ZXID_SIZE = 8;

    /** The directory of the run with this number. */
    static String home(int run) {
        return "/s/%08d".formatted(run);
    }

    /** A zxid in a request that is known only when it is sent. */
    static long lastSeenBy(int session) {
        return LAST_SEEN | session;
    }

    Script with(List<Step> fewer) {
        return new Script(seed, members, List.copyOf(fewer));
    }

    int requests() {
        int count = 0;
        for (Step step : steps) {
            count += step instanceof Step.Burst burst ? burst.requests().size() : 1;
        }
        return count;
    }

    /** The bytes that are really sent. */
    static byte[] resolve(byte[] payload, String home, long lastSeen) {
        byte[] bytes = payload.clone();
        for (int i = 0; i + ZXID_SIZE <= bytes.length; i++) {
            if (bytes[i] == HOME_BYTES[0] && startsWith(bytes, i)) {
                System.arraycopy(home.getBytes(StandardCharsets.US_ASCII), 0, bytes, i, HOME_BYTES.length);
            } else if (bytes[i] == 'Z' && (ByteBuffer.wrap(bytes).getLong(i) & ~0xffL) == LAST_SEEN) {
                ByteBuffer.wrap(bytes).putLong(i, lastSeen);
            }
        }
        return bytes;
    }

    private static boolean startsWith(byte[] bytes, int offset) {
        if (offset + HOME_BYTES.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < HOME_BYTES.length; i++) {
            if (bytes[offset + i] != HOME_BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("script of seed " + seed + ", members " + members + "\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append("  ").append(i).append(' ').append(steps.get(i)).append('\n');
        }
        return text.toString();
    }
}
