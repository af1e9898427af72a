package io.zabkeeper.server.auth;

/** Comparison of secrets whose duration tells nothing about where they differ. */
final class ConstantTime {
    private ConstantTime() {}

    /** The time depends on the length of the offered text alone. */
    static boolean equal(String expected, String offered) {
        int difference = expected.length() ^ offered.length();
        for (int i = 0; i < offered.length(); i++) {
            char against = expected.isEmpty() ? 0 : expected.charAt(i % expected.length());
            difference |= against ^ offered.charAt(i);
        }
        return difference == 0;
    }
}
