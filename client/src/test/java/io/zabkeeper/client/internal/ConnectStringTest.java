package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ConnectStringTest {
    @Test
    void takes_hosts_ports_and_chroot_apart() {
        ConnectString parsed = ConnectString.parse("one:1, two ,[::1]:3,[fe80::2],::5/app/x");

        assertThat(parsed.hosts())
                .containsExactly(
                        new HostAddress("one", 1),
                        new HostAddress("two", 2181),
                        new HostAddress("::1", 3),
                        new HostAddress("fe80::2", 2181),
                        new HostAddress("::5", 2181));
        assertThat(parsed.chroot()).isEqualTo("/app/x");
    }

    @Test
    void takes_the_root_for_no_chroot() {
        assertThat(ConnectString.parse("one/").chroot()).isEmpty();
        assertThat(ConnectString.parse("one").chroot()).isEmpty();
    }

    @Test
    void prints_an_address_as_it_is_written() {
        assertThat(new HostAddress("::1", 3)).hasToString("[::1]:3");
        assertThat(new HostAddress("one", 1)).hasToString("one:1");
    }

    @Test
    void refuses_everything_else() {
        for (String text :
                new String[] {"", ",", "one:", "one:x", "one:0", "one:65536", ":1", "one/a/", "one//", "one,"}) {
            assertThatThrownBy(() -> ConnectString.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(text);
        }
    }
}
