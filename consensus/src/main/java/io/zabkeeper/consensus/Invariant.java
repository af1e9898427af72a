package io.zabkeeper.consensus;

/** Checks of what must hold whatever happens. On in production: a member that is wrong about itself must stop. */
public final class Invariant {
    private Invariant() {}

    /** Thrown when the impossible has happened. Only the driver catches it, and turns it into a halt. */
    public static final class Violation extends Error {
        private static final long serialVersionUID = 1;

        public Violation(String message) {
            super(message);
        }
    }

    public static void check(boolean holds, String claim) {
        if (!holds) {
            throw new Violation(claim);
        }
    }

    /** The claim is built only when it fails; {@code left} and {@code right} are the two numbers that disagree. */
    public static void check(boolean holds, String claim, long left, long right) {
        if (!holds) {
            throw new Violation(claim + ": " + Zxid.toString(left) + " and " + Zxid.toString(right));
        }
    }
}
