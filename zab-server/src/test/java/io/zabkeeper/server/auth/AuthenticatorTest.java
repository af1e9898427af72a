package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §7.3, §7.6. */
class AuthenticatorTest {
    private static final String PEER = "10.1.2.3";
    private static final String SUPER_DIGEST = "super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss=";

    @Test
    void proves_a_digest_by_user_and_password() {
        assertThat(prove(null, "bob:pw")).contains(List.of(new AuthId("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")));
    }

    @Test
    void adds_the_superuser_for_his_digest() {
        assertThat(prove(SUPER_DIGEST, "super:super"))
                .contains(List.of(Identity.SUPER, new AuthId("digest", SUPER_DIGEST)));
        assertThat(prove(null, "super:super")).contains(List.of(new AuthId("digest", SUPER_DIGEST)));
        assertThat(prove(SUPER_DIGEST, "super:guess"))
                .hasValueSatisfying(ids -> assertThat(ids).doesNotContain(Identity.SUPER));
    }

    /** The digests are those of `printf bob:pw | openssl dgst -ALGORITHM -binary | base64`. */
    @ParameterizedTest
    @CsvSource({
        "MD5, mFIN705h49CRioANaL/new==",
        "SHA-256, lXdkgIa9O1CDDWAryQ0pe9wUYi2LkG6M7Uocn/Vyn2g=",
        "SHA3-256, W/mjsw4pvF0wVTGZI9EiUQDRnUt7BAezTWEy2LgNGUU=",
    })
    void hashes_as_it_is_told(String algorithm, String hash) {
        assertThat(new Authenticator(algorithm, true, null, List.of())
                        .authenticate("digest", Bytes.ofUtf8("bob:pw"), PEER))
                .contains(List.of(new AuthId("digest", "bob:" + hash)));
    }

    @Test
    void refuses_an_algorithm_that_is_not_there() {
        assertThatThrownBy(() -> new Authenticator("CRC-32", true, null, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CRC-32");
    }

    @Test
    void refuses_digests_where_they_are_switched_off() {
        assertThat(new Authenticator("SHA-1", false, SUPER_DIGEST, List.of())
                        .authenticate("digest", Bytes.ofUtf8("super:super"), PEER))
                .isEmpty();
    }

    @Test
    void proves_an_address_by_itself() {
        assertThat(new Authenticator("SHA-1", true, null, List.of()).authenticate("ip", Bytes.ofUtf8("1.1.1.1"), PEER))
                .contains(List.of(new AuthId("ip", PEER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"world", "auth", "super", "x509", "sasl", "ensemble", "", "DIGEST"})
    void refuses_what_a_message_cannot_prove(String scheme) {
        assertThat(new Authenticator("SHA-1", true, SUPER_DIGEST, List.of())
                        .authenticate(scheme, Bytes.ofUtf8("a:b"), PEER))
                .isEmpty();
    }

    @Test
    void any_of_the_enforced_schemes_is_enough() {
        List<AuthId> stranger = Identity.ofPeer(PEER);
        List<AuthId> bob = Identity.with(stranger, List.of(new AuthId("digest", "bob:x")));
        Authenticator none = new Authenticator("SHA-1", true, null, List.of());
        Authenticator digests = new Authenticator("SHA-1", true, null, List.of("digest"));
        Authenticator either = new Authenticator("SHA-1", true, null, List.of("digest", "ip"));

        assertThat(none.isEnforcing()).isFalse();
        assertThat(none.isEnough(stranger)).isTrue();
        assertThat(digests.isEnforcing()).isTrue();
        assertThat(digests.isEnough(stranger)).isFalse();
        assertThat(digests.isEnough(bob)).isTrue();
        assertThat(either.isEnough(stranger)).isTrue();
    }

    private static Optional<List<AuthId>> prove(@Nullable String superDigest, String credentials) {
        return new Authenticator("SHA-1", true, superDigest, List.of())
                .authenticate("digest", Bytes.ofUtf8(credentials), PEER);
    }
}
