package io.zabkeeper.server.auth;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import java.util.List;

/** Whether an access control list allows somebody something (client protocol §7.2). Lists are not inherited. */
public final class AccessCheck {
    private AccessCheck() {}

    /**
     * Whether the list grants it.
     *
     * @param wanted bits of {@link io.zabkeeper.wire.Permission}; one that is granted suffices
     */
    public static boolean allows(List<Acl> acl, int wanted, List<AuthId> identity) {
        if (acl.isEmpty()) {
            return true;
        }
        for (int i = 0; i < acl.size(); i++) {
            Acl entry = acl.get(i);
            if ((entry.permissions() & wanted) != 0 && (entry.id().equals(AuthId.ANYONE) || isAbout(entry, identity))) {
                return true;
            }
        }
        return Identity.isSuper(identity);
    }

    private static boolean isAbout(Acl entry, List<AuthId> identity) {
        for (int i = 0; i < identity.size(); i++) {
            if (AuthSchemes.matches(entry.id(), identity.get(i))) {
                return true;
            }
        }
        return false;
    }
}
