package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §7.3. */
class AuthSchemesTest {
    private static final String PEER = "10.1.2.3";
    private static final String SUPER_DIGEST = "super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss=";

    @Test
    void proves_a_digest_by_user_and_password() {
        assertThat(AuthSchemes.authenticate("digest", Bytes.ofUtf8("bob:pw"), PEER, null))
                .contains(List.of(new AuthId("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")));
    }

    @Test
    void adds_the_superuser_for_his_digest() {
        assertThat(AuthSchemes.authenticate("digest", Bytes.ofUtf8("super:super"), PEER, SUPER_DIGEST))
                .contains(List.of(Identity.SUPER, new AuthId("digest", SUPER_DIGEST)));
        assertThat(AuthSchemes.authenticate("digest", Bytes.ofUtf8("super:super"), PEER, null))
                .contains(List.of(new AuthId("digest", SUPER_DIGEST)));
        assertThat(AuthSchemes.authenticate("digest", Bytes.ofUtf8("super:guess"), PEER, SUPER_DIGEST))
                .hasValueSatisfying(ids -> assertThat(ids).doesNotContain(Identity.SUPER));
    }

    @Test
    void proves_an_address_by_itself() {
        assertThat(AuthSchemes.authenticate("ip", Bytes.ofUtf8("1.1.1.1"), PEER, null))
                .contains(List.of(new AuthId("ip", PEER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"world", "auth", "super", "x509", "sasl", "ensemble", "", "DIGEST"})
    void refuses_what_a_message_cannot_prove(String scheme) {
        assertThat(AuthSchemes.authenticate(scheme, Bytes.ofUtf8("a:b"), PEER, SUPER_DIGEST))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "world, anyone, true",
        "world, x, false",
        "world, '', false",
        "digest, x:y, true",
        "digest, :y, true",
        "digest, x:y:, true",
        "digest, x:y::, true",
        "digest, x, false",
        "digest, x:, false",
        "digest, x:y:z, false",
        "digest, '', false",
        "digest, :, false",
        "digest, ::y, false",
        "ip, 10.0.0.1, true",
        "ip, 10.0.0.0/8, true",
        "ip, 10.0.0.0/33, false",
        "ip, ::1/128, true",
        "ip, ::1/129, false",
        "ip, host.example, false",
        "ip, '', false",
        "x509, 'CN=a,O=b', true",
        "x509, nonsense, false",
        "x509, '', false",
        "x509, '=b', false",
        "x509, 'CN=a,', false",
        "x509, 'CN=a;b', false",
        "x509, 'CN=a\\,b', true",
        "x509, 'CN=\"a,b\",O=c', true",
        "x509, 'CN=\"a', false",
        "x509, 'CN=a\\', false",
        "x509, '2.5.4.3=a + OU=b', true",
        "x509, 'C N=a', false",
        "x509, 'CN=', true",
        "sasl, user, true",
        "sasl, user@REALM, true",
        "sasl, user/host@REALM, true",
        "sasl, a@b@c, false",
        "sasl, a/b/c@d, false",
        "auth, '', false",
        "super, '', false",
        "other, x, false"
    })
    void knows_which_ids_an_acl_may_name(String scheme, String id, boolean isValid) {
        assertThat(AuthSchemes.isValidInAcl(new AuthId(scheme, id))).isEqualTo(isValid);
    }
}
