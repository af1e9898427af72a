package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §7.2. */
class AccessCheckTest {
    private static final AuthId BOB = new AuthId("digest", DigestAuth.idOf("bob:pw"));
    private static final AuthId EVE = new AuthId("digest", DigestAuth.idOf("bob:guess"));
    private static final List<AuthId> PEER = Identity.ofPeer("10.1.2.3");

    @Test
    void allows_everything_to_everybody_without_a_list() {
        assertThat(AccessCheck.allows(List.of(), Permission.ADMIN, List.of())).isTrue();
    }

    @Test
    void allows_what_is_granted_to_anyone() {
        assertThat(AccessCheck.allows(Acl.READ_UNSAFE, Permission.READ, PEER)).isTrue();
        assertThat(AccessCheck.allows(Acl.READ_UNSAFE, Permission.WRITE, PEER)).isFalse();
        assertThat(AccessCheck.allows(Acl.READ_UNSAFE, Permission.READ | Permission.ADMIN, PEER))
                .isTrue();
    }

    @Test
    void allows_a_digest_to_the_very_same_digest() {
        List<Acl> acl = List.of(new Acl(Permission.ALL, BOB));

        assertThat(AccessCheck.allows(acl, Permission.WRITE, List.of(PEER.get(0), BOB)))
                .isTrue();
        assertThat(AccessCheck.allows(acl, Permission.WRITE, List.of(PEER.get(0), EVE)))
                .isFalse();
        assertThat(AccessCheck.allows(acl, Permission.WRITE, PEER)).isFalse();
        assertThat(AccessCheck.allows(acl, Permission.WRITE, List.of(new AuthId("sasl", BOB.id()))))
                .isFalse();
    }

    @Test
    void looks_at_each_entry_for_its_own_permissions() {
        List<Acl> acl = List.of(new Acl(Permission.READ, BOB), new Acl(Permission.WRITE, EVE));

        assertThat(AccessCheck.allows(acl, Permission.READ, List.of(BOB))).isTrue();
        assertThat(AccessCheck.allows(acl, Permission.WRITE, List.of(BOB))).isFalse();
        assertThat(AccessCheck.allows(acl, Permission.WRITE, List.of(BOB, EVE))).isTrue();
    }

    @Test
    void allows_a_prefix_to_the_addresses_in_it() {
        List<Acl> acl = List.of(new Acl(Permission.ALL, new AuthId("ip", "10.1.0.0/16")));

        assertThat(AccessCheck.allows(acl, Permission.READ, PEER)).isTrue();
        assertThat(AccessCheck.allows(acl, Permission.READ, Identity.ofPeer("10.2.0.0")))
                .isFalse();
        assertThat(AccessCheck.allows(acl, Permission.READ, Identity.ofPeer("fe80::1%eth0")))
                .isFalse();
    }

    @Test
    void stops_the_superuser_nowhere() {
        List<Acl> acl = List.of(new Acl(0, AuthId.ANYONE));

        assertThat(AccessCheck.allows(acl, Permission.ADMIN, List.of(Identity.SUPER)))
                .isTrue();
        assertThat(AccessCheck.allows(acl, Permission.ADMIN, List.of(new AuthId("digest", "super:"))))
                .isFalse();
    }

    @Test
    void matches_names_of_other_schemes_exactly() {
        AuthId certificate = new AuthId("x509", "CN=bob,O=a");
        List<Acl> acl = List.of(new Acl(Permission.ALL, certificate));

        assertThat(AccessCheck.allows(acl, Permission.READ, List.of(certificate)))
                .isTrue();
        assertThat(AccessCheck.allows(acl, Permission.READ, List.of(new AuthId("x509", "CN=bob"))))
                .isFalse();
    }
}
