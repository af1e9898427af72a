package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.AuthId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol §7.3. */
class AuthSchemesTest {

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
