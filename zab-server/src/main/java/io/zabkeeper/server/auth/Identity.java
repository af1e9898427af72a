package io.zabkeeper.server.auth;

import io.zabkeeper.wire.AuthId;
import java.util.ArrayList;
import java.util.List;

/**
 * The set of ids that a connection has collected, in the order in which it got them. Kept as a plain list, because it
 * travels with every write. It starts with the address of the peer and dies with the connection (client protocol §7.2).
 */
public final class Identity {
    /** The superuser, whom no ACL stops. Never valid inside an ACL. */
    public static final AuthId SUPER = new AuthId(AuthSchemes.SUPER, "");

    private Identity() {}

    /** Of a connection that has just been accepted. */
    public static List<AuthId> ofPeer(String peerAddress) {
        return List.of(new AuthId(AuthSchemes.IP, peerAddress));
    }

    /** A set: what is known already is not added twice, the order of the others stays. */
    public static List<AuthId> with(List<AuthId> identity, List<AuthId> added) {
        List<AuthId> all = new ArrayList<>(identity);
        for (AuthId id : added) {
            if (!all.contains(id)) {
                all.add(id);
            }
        }
        return List.copyOf(all);
    }

    public static boolean isSuper(List<AuthId> identity) {
        for (int i = 0; i < identity.size(); i++) {
            if (identity.get(i).scheme().equals(AuthSchemes.SUPER)) {
                return true;
            }
        }
        return false;
    }

    /** Those ids for which {@code auth} stands in an ACL: an address proves nothing, and the superuser needs no entry. */
    public static List<AuthId> authenticated(List<AuthId> identity) {
        List<AuthId> ids = new ArrayList<>(identity.size());
        for (AuthId id : identity) {
            if (AuthSchemes.isAuthenticated(id.scheme())) {
                ids.add(id);
            }
        }
        return ids;
    }
}
