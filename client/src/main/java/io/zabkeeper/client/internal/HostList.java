package io.zabkeeper.client.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The servers in the order in which this client tries them: shuffled once, so that many clients spread, then round and
 * round.
 */
final class HostList {
    private final List<HostAddress> hosts;
    private int next;

    HostList(List<HostAddress> hosts, RandomGenerator random) {
        this.hosts = new ArrayList<>(hosts);
        for (int i = this.hosts.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            HostAddress host = this.hosts.get(i);
            this.hosts.set(i, this.hosts.get(j));
            this.hosts.set(j, host);
        }
    }

    int size() {
        return hosts.size();
    }

    /** The next one is this one, if it is among them. */
    void prefer(HostAddress host) {
        next = Math.max(0, hosts.indexOf(host));
    }

    HostAddress next() {
        HostAddress host = hosts.get(next);
        next = (next + 1) % hosts.size();
        return host;
    }
}
