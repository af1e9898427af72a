package io.zabkeeper.server.tree;

/** Hashes names for the families of one tree. The seed is a member's own; nothing replicated depends on it. */
final class NameHash {
    private final long seed;

    NameHash(long seed) {
        this.seed = seed;
    }

    long of(byte[] bytes, int from, int to) {
        return Hash64.of(seed, bytes, from, to);
    }

    long of(Znode node) {
        return Hash64.of(seed, node.name, 0, node.name.length);
    }
}
