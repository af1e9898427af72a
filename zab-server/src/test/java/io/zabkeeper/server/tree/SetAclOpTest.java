package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.SetAcl;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §3.3, §4.1, §7.4. */
class SetAclOpTest {
    private static final AuthId ALICE = new AuthId("digest", DigestAuth.idOf("alice:secret"));
    private static final AuthId BOB = new AuthId("digest", DigestAuth.idOf("bob:pw"));
    private static final List<Acl> READ_ONLY = List.of(new Acl(Permission.READ, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture();

    /** Gotcha 30. */
    @Test
    void moves_the_aversion_alone_and_tells_nobody() {
        tree.create("/a");
        Stat before = tree.stat("/a");

        Applied applied = tree.write(new SetAcl("/a", READ_ONLY, -1));

        Stat expected = new Stat(
                before.czxid(), before.mzxid(), before.ctime(), before.mtime(), 0, 0, 1, 0, 4, 0, before.pzxid());
        assertThat(applied.reply()).isEqualTo(new StatReply(expected));
        assertThat(applied.events()).isEmpty();
        assertThat(tree.machine.acl("/a")).isEqualTo(READ_ONLY);
    }

    @Test
    void compares_the_aversion() {
        tree.create("/a");
        tree.setData("/a", "x");

        assertThat(setAcl("/a", Acl.OPEN_UNSAFE, 1)).isEqualTo(ErrorCode.BADVERSION);
        assertThat(setAcl("/a", Acl.OPEN_UNSAFE, 0)).isEqualTo(ErrorCode.OK);
        assertThat(setAcl("/a", Acl.OPEN_UNSAFE, 0)).isEqualTo(ErrorCode.BADVERSION);
    }

    @Test
    void checks_the_path_then_the_list_then_the_znode_then_permission() {
        tree.create("/r", READ_ONLY);

        assertThat(setAcl("r", List.of(), -1)).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(setAcl("/no", List.of(), -1)).isEqualTo(ErrorCode.INVALID_ACL);
        assertThat(setAcl("/no", READ_ONLY, -1)).isEqualTo(ErrorCode.NONODE);
        assertThat(setAcl("/r", READ_ONLY, 9)).isEqualTo(ErrorCode.NOAUTH);
    }

    /** Gotcha 39: the id that stands beside auth is ignored. */
    @Test
    void replaces_auth_by_every_proven_id_in_their_order() {
        tree.identity = Identity.with(TreeFixture.SOMEBODY, List.of(Identity.SUPER, BOB, ALICE));
        tree.create("/a", List.of(new Acl(Permission.READ, AuthId.ANYONE), new Acl(31, new AuthId("auth", "whoever"))));

        assertThat(tree.machine.acl("/a"))
                .containsExactly(new Acl(Permission.READ, AuthId.ANYONE), new Acl(31, BOB), new Acl(31, ALICE));
    }

    @Test
    void refuses_auth_from_somebody_who_has_proven_nothing() {
        tree.create("/a");

        assertThat(setAcl("/a", Acl.CREATOR_ALL, -1)).isEqualTo(ErrorCode.INVALID_ACL);
    }

    @Test
    void drops_exact_duplicates_before_it_expands() {
        tree.identity = List.of(BOB);
        tree.create("/a");
        Acl auth = new Acl(1, AuthId.CREATOR);
        Acl bob = new Acl(1, BOB);

        setAcl("/a", List.of(auth, auth, bob, bob, new Acl(2, BOB)), -1);

        assertThat(tree.machine.acl("/a")).containsExactly(bob, bob, new Acl(2, BOB));
    }

    /** §7.3. */
    @Test
    void refuses_ids_that_no_scheme_knows() {
        tree.create("/a");
        for (AuthId id : List.of(
                new AuthId("world", "everyone"),
                new AuthId("super", ""),
                new AuthId("nobody", "x"),
                new AuthId("", ""),
                new AuthId("digest", "x"),
                new AuthId("ip", "localhost"))) {
            assertThat(setAcl("/a", List.of(new Acl(31, id)), -1)).as("%s", id).isEqualTo(ErrorCode.INVALID_ACL);
        }
    }

    /** §7.1: any bits, none at all included. */
    @Test
    void stores_permission_bits_as_they_are() {
        tree.create("/none", List.of(new Acl(0, AuthId.ANYONE)));
        tree.create("/odd", List.of(new Acl(0x7fff_ffe1, AuthId.ANYONE)));

        assertThat(tree.machine.acl("/none")).containsExactly(new Acl(0, AuthId.ANYONE));
        assertThat(tree.machine.acl("/odd")).containsExactly(new Acl(0x7fff_ffe1, AuthId.ANYONE));
        assertThat(tree.setData("/none", "x").error()).isEqualTo(ErrorCode.NOAUTH);
    }

    /** ZK-3306. */
    @Test
    void keeps_each_list_once_and_as_long_as_it_is_used() {
        int before = tree.machine.aclCount();
        List<Acl> one = List.of(new Acl(31, ALICE), new Acl(1, AuthId.ANYONE));
        tree.identity = List.of(ALICE);
        tree.create("/a", one);
        tree.create("/b", one);
        assertThat(tree.machine.aclCount()).isEqualTo(before + 1);

        setAcl("/a", List.of(new Acl(31, ALICE)), -1);
        assertThat(tree.machine.aclCount()).isEqualTo(before + 2);

        tree.delete("/b");
        assertThat(tree.machine.aclCount()).isEqualTo(before + 1);
        assertThat(tree.machine.acl("/a")).containsExactly(new Acl(31, ALICE));
    }

    private ErrorCode setAcl(String path, List<Acl> acl, int version) {
        return tree.write(new SetAcl(path, acl, version)).error();
    }
}
