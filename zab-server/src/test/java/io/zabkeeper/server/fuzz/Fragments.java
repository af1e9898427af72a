package io.zabkeeper.server.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Where a stream of bytes is cut on its way; follows from the bytes themselves, so that an input is all of a finding. */
public final class Fragments {
    private static final int MOST = 48;
    private static final int SHORT = 4 * 1024;

    private Fragments() {}

    /** Takes the piece from one index to another. */
    public interface Sink {
        void piece(int from, int to);
    }

    /** Half of all streams arrive whole, the others in two pieces or in many; a short one may come byte by byte. */
    public static void of(byte[] stream, Sink sink) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(stream));
        if (stream.length < SHORT && random.nextInt(32) == 0) {
            for (int at = 0; at < stream.length; at++) {
                sink.piece(at, at + 1);
            }
            return;
        }
        int pieces = stream.length < 2 || random.nextInt(2) == 0 ? 1 : random.nextInt(3) == 0 ? MOST : 2;
        int from = 0;
        for (int i = 1; i < pieces && from < stream.length - 1; i++) {
            int rest = stream.length - from;
            int to = from + 1 + random.nextInt(pieces == 2 ? rest - 1 : Math.max(1, 3 * rest / (pieces - i + 1) / 2));
            if (to >= stream.length) {
                break;
            }
            sink.piece(from, to);
            from = to;
        }
        sink.piece(from, stream.length);
    }
}
