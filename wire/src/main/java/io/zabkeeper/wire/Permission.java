package io.zabkeeper.wire;

/** The permission bits of an ACL entry. */
public final class Permission {
    public static final int READ = 1;
    public static final int WRITE = 1 << 1;
    public static final int CREATE = 1 << 2;
    public static final int DELETE = 1 << 3;
    public static final int ADMIN = 1 << 4;
    public static final int ALL = READ | WRITE | CREATE | DELETE | ADMIN;

    /** In the order in which ZooKeeper's tools print them. */
    private static final String LETTERS = "cdrwa";

    private static final int[] BITS = {CREATE, DELETE, READ, WRITE, ADMIN};

    private Permission() {}

    /** The letters of these bits, for example {@code cdrwa} for all of them. */
    public static String letters(int permissions) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < BITS.length; i++) {
            if ((permissions & BITS[i]) != 0) {
                letters.append(LETTERS.charAt(i));
            }
        }
        return letters.toString();
    }

    /**
     * The bits of these letters, in any order.
     *
     * @throws IllegalArgumentException for any other letter
     */
    public static int of(String letters) {
        int permissions = 0;
        for (int i = 0; i < letters.length(); i++) {
            int known = LETTERS.indexOf(letters.charAt(i));
            if (known < 0) {
                throw new IllegalArgumentException(
                        "no permission '" + letters.charAt(i) + "' in \"" + letters + "\", known are " + LETTERS);
            }
            permissions |= BITS[known];
        }
        return permissions;
    }
}
