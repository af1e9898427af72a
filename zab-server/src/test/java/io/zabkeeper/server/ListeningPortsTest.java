package io.zabkeeper.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ZK-4203: an acceptor that died, and a leader that kept its office. */
class ListeningPortsTest {
    private final List<String> lost = new ArrayList<>();
    private final ListeningPorts ports = new ListeningPorts(lost::add);
    private final EmbeddedChannel peers = new EmbeddedChannel();
    private final EmbeddedChannel clients = new EmbeddedChannel();

    @Test
    void a_port_that_is_closed_by_something_else_is_lost() {
        ports.watch("peer", peers);
        ports.watch("client", clients);

        peers.close();

        assertThat(lost).containsExactly("peer");
    }

    @Test
    void a_member_that_stops_has_lost_nothing() {
        ports.watch("peer", peers);
        ports.watch("client", clients);

        ports.close();
        peers.close();
        clients.close();

        assertThat(lost).isEmpty();
    }
}
