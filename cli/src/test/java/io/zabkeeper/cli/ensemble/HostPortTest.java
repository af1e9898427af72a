package io.zabkeeper.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HostPortTest {
    @Test
    void lists_the_servers_of_a_connect_string() {
        assertThat(HostPort.list("a:2182, b,[::1]:2183,[fe80::1]/app"))
                .containsExactly(
                        new HostPort("a", 2182),
                        new HostPort("b", 2181),
                        new HostPort("::1", 2183),
                        new HostPort("fe80::1", 2181));
    }

    @Test
    void prints_what_it_reads() {
        assertThat(HostPort.list("a:1,[::1]:2")).map(HostPort::toString).containsExactly("a:1", "[::1]:2");
    }

    @Test
    void names_the_server_that_is_wrong() {
        assertThatThrownBy(() -> HostPort.list("a:2181,b:port"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b:port'");
        assertThatThrownBy(() -> HostPort.list("a:0")).hasMessageContaining("'a:0'");
        assertThatThrownBy(() -> HostPort.list("a,")).hasMessageContaining("names no host");
    }
}
