package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HostListTest {
    private static final List<HostAddress> THREE =
            List.of(new HostAddress("a", 1), new HostAddress("b", 1), new HostAddress("c", 1));

    @Test
    void goes_round_and_round() {
        HostList hosts = new HostList(THREE, new SplittableRandom(1));

        List<HostAddress> first = List.of(hosts.next(), hosts.next(), hosts.next());
        List<HostAddress> second = List.of(hosts.next(), hosts.next(), hosts.next());

        assertThat(first).containsExactlyInAnyOrderElementsOf(THREE);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void goes_round_from_where_it_is_told_to() {
        HostList hosts = new HostList(THREE, new SplittableRandom(1));
        List<HostAddress> order = List.of(hosts.next(), hosts.next(), hosts.next());

        hosts.prefer(order.get(1));

        assertThat(List.of(hosts.next(), hosts.next())).isEqualTo(order.subList(1, 3));
    }

    @Test
    void spreads_clients_over_all_orders() {
        Set<List<HostAddress>> orders = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            HostList hosts = new HostList(THREE, new SplittableRandom(seed));
            List<HostAddress> order = new ArrayList<>();
            for (int i = 0; i < THREE.size(); i++) {
                order.add(hosts.next());
            }
            orders.add(order);
        }

        assertThat(orders).hasSize(6);
    }
}
