package io.zabkeeper.cli.output;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Permission;

/** An entry of an ACL as people write it: {@code SCHEME:ID:PERMISSIONS}. */
public final class AclText {
    private AclText() {}

    public static String of(Acl entry) {
        return entry.id() + ":" + Permission.letters(entry.permissions());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static Acl parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 1 || last == first) {
            throw new IllegalArgumentException("'" + text + "' is no entry: SCHEME:ID:PERMISSIONS");
        }
        try {
            int permissions = Permission.of(text.substring(last + 1));
            return new Acl(permissions, new AuthId(text.substring(0, first), text.substring(first + 1, last)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }
}
