package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.AuthSchemes;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the access control list that a client asks for to the one that is stored (client protocol §7.4). */
final class AclFixUp {
    private AclFixUp() {}

    /**
     * Exact duplicates are dropped, {@code auth} is replaced by each id that the client has proven, everything else stays
     * as it is and in its order.
     *
     * @return null when the list is invalid
     */
    static @Nullable List<Acl> fix(@Nullable List<Acl> asked, List<AuthId> identity, Agreed agreed) {
        if (asked == null || asked.isEmpty() || asked.size() > agreed.aclEntries()) {
            return null;
        }
        if (asked.size() == 1 && asked.get(0).id().equals(AuthId.ANYONE)) {
            return asked;
        }
        List<Acl> fixed = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Acl entry = asked.get(i);
            if (asked.indexOf(entry) < i) {
                continue;
            }
            if (entry.id().scheme().equals(AuthSchemes.AUTH)) {
                List<AuthId> proven = Identity.authenticated(identity);
                if (proven.isEmpty()) {
                    return null;
                }
                proven.forEach(id -> fixed.add(new Acl(entry.permissions(), id)));
            } else if (isValid(entry.id(), agreed)) {
                fixed.add(entry);
            } else {
                return null;
            }
        }
        return fixed.size() > agreed.aclEntries() ? null : fixed;
    }

    private static boolean isValid(AuthId id, Agreed agreed) {
        return AuthSchemes.isValidInAcl(id)
                && (agreed.digestScheme() || !id.scheme().equals(AuthSchemes.DIGEST));
    }
}
