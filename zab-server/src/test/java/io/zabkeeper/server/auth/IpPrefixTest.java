package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §7.3. */
class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.0/23, 10.1.3.9, true",
        "10.1.2.0/23, 10.1.4.9, false",
        "0.0.0.0/0, 200.1.1.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:db8:1:2:3:4:5:6, true",
        "2001:db8::/32, 2001:db9::, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "0:0:0:0:0:0:0:1, ::1%eth0, true",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "::ffff:10.0.0.0/104, ::ffff:10.9.9.9, true",
        "1::8, 1:0:0:0:0:0:0:8, true",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, true"
    })
    void contains_what_begins_alike(String prefix, String address, boolean contains) {
        assertThat(parse(prefix).contains(parse(address))).isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1..3.4",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/x",
                "1.2.3.4/8/8",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "::1/129",
                "1:",
                ":1",
                "::1.2.3",
                "1.2.3.4:1",
                "1:2:3:4:5:6:7:1.2.3.4",
                "localhost",
                "٣.2.3.4"
            })
    void is_nothing_else(String text) {
        assertThat(IpPrefix.parse(text)).isNull();
    }

    @Test
    void takes_a_scope_for_nothing() {
        assertThat(parse("fe80::1%2").contains(parse("fe80::1"))).isTrue();
    }

    private static IpPrefix parse(String text) {
        return Objects.requireNonNull(IpPrefix.parse(text));
    }
}
