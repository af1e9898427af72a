package io.zabkeeper.wire;

/** Who somebody is, as one authentication scheme says: {@code digest} and {@code alice:hash}, {@code ip} and an address. */
public record AuthId(String scheme, String id) {
    /** Everybody. */
    public static final AuthId ANYONE = new AuthId("world", "anyone");

    /** In an ACL: whoever creates the znode, by each of his authenticated ids. */
    public static final AuthId CREATOR = new AuthId("auth", "");

    @Override
    public String toString() {
        return scheme + ":" + id;
    }
}
