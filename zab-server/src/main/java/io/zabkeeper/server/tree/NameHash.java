package io.zabkeeper.server.tree;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes names for the families of one tree. The seed is a member's own; nothing replicated depends on it. */
final class NameHash {
    private final long seed;
    private final long origin;

    NameHash(long seed) {
        this.seed = seed;
        this.origin = digest(seed);
    }

    /** Differs from tree to tree, and gives neither the seed away nor the hash of any name. */
    long origin() {
        return origin;
    }

    long of(byte[] bytes, int from, int to) {
        return Hash64.of(seed, bytes, from, to);
    }

    long of(Znode node) {
        return Hash64.of(seed, node.name, 0, node.name.length);
    }

    private static long digest(long seed) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
