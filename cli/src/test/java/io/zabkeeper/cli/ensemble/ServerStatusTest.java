package io.zabkeeper.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServerStatusTest {
    @Test
    void reads_the_answer_of_a_serving_member() {
        String answer = """
                Zookeeper version: 3.9.5-x, built on 2026-01-01 00:00 UTC
                Latency min/avg/max: 0/1.5/7
                Received: 12
                Sent: 11
                Connections: 2
                Outstanding: 1
                Zxid: 0x100000002
                Mode: leader
                Node count: 6
                Proposal sizes last/min/max: -1/-1/-1
                """;

        assertThat(ServerStatus.parse(answer))
                .contains(new ServerStatus("leader", "0x100000002", "3.9.5-x", "0/1.5/7", 12, 2, 1, 6));
    }

    @Test
    void sees_no_status_where_nobody_serves() {
        assertThat(ServerStatus.parse("This ZooKeeper instance is not currently serving requests\n"))
                .isEmpty();
        assertThat(ServerStatus.parse("srvr is not executed because it is not in the whitelist.\n"))
                .isEmpty();
        assertThat(ServerStatus.parse("")).isEmpty();
    }
}
