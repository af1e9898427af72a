package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.AuthId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §7.2. */
class IdentityTest {
    private static final AuthId BOB = new AuthId("digest", "bob:hash");

    @Test
    void begins_with_the_address_and_grows_without_duplicates() {
        List<AuthId> identity = Identity.ofPeer("10.0.0.1");

        identity = Identity.with(identity, List.of(Identity.SUPER, BOB));
        identity = Identity.with(identity, List.of(BOB, new AuthId("ip", "10.0.0.1")));

        assertThat(identity).containsExactly(new AuthId("ip", "10.0.0.1"), Identity.SUPER, BOB);
    }

    @Test
    void proves_nothing_by_an_address_or_by_being_super() {
        List<AuthId> identity = List.of(new AuthId("ip", "10.0.0.1"), Identity.SUPER, BOB, new AuthId("sasl", "u"));

        assertThat(Identity.authenticated(identity)).containsExactly(BOB, new AuthId("sasl", "u"));
        assertThat(Identity.isSuper(identity)).isTrue();
        assertThat(Identity.isSuper(List.of(BOB))).isFalse();
    }

    @Test
    void compares_secrets_of_any_length() {
        assertThat(ConstantTime.equal("", "")).isTrue();
        assertThat(ConstantTime.equal("", "a")).isFalse();
        assertThat(ConstantTime.equal("a", "")).isFalse();
        assertThat(ConstantTime.equal("ab", "abab")).isFalse();
        assertThat(ConstantTime.equal("ab", "ac")).isFalse();
        assertThat(ConstantTime.equal("größe", "größe")).isTrue();
    }
}
