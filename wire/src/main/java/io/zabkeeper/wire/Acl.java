package io.zabkeeper.wire;

import java.util.List;

/** One entry of a znode's access control list: what ({@link Permission} bits) is allowed to whom. */
public record Acl(int permissions, AuthId id) {
    /** Everybody may do everything. */
    public static final List<Acl> OPEN_UNSAFE = List.of(new Acl(Permission.ALL, AuthId.ANYONE));

    /** Everybody may read. */
    public static final List<Acl> READ_UNSAFE = List.of(new Acl(Permission.READ, AuthId.ANYONE));

    /** Only the creator, by his authenticated ids, may do anything. */
    public static final List<Acl> CREATOR_ALL = List.of(new Acl(Permission.ALL, AuthId.CREATOR));
}
