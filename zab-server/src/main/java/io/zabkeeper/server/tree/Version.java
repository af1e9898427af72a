package io.zabkeeper.server.tree;

/** The version that a request expects (client protocol §4.2). */
final class Version {
    private static final int ANY = -1;

    private Version() {}

    /** Only -1 stands for any version; other negative numbers are compared like all. */
    static boolean matches(int expected, int present) {
        return expected == ANY || expected == present;
    }
}
