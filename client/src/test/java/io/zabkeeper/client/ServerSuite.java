package io.zabkeeper.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that need a server, whichever. Each test lives below a znode of its own. */
abstract class ServerSuite {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final List<AutoCloseable> toClose = new ArrayList<>();

    Relay relay;
    ZabClient client;

    /** {@code host:port} of a server that is up and allows session timeouts from 400 ms to a minute. */
    abstract String hosts();

    @BeforeEach
    void connect() throws IOException {
        String home = "/test" + TESTS.incrementAndGet() + "-" + System.nanoTime();
        relay = Relay.to(hosts());
        try (ZabClient setup = ZabClient.connect(hosts())) {
            setup.create(home, null);
        }
        chroot = home;
        client = open(builder());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
        relay.close();
    }

    String chroot;

    /** Through the relay, below the test's znode. */
    ZabClientBuilder builder() {
        return ZabClient.builder()
                .hosts(relay.hosts() + chroot)
                .sessionTimeout(Duration.ofSeconds(10))
                .operationTimeout(Duration.ofSeconds(20));
    }

    /** Past the relay, below the test's znode. */
    ZabClient another() {
        return open(builder().hosts(hosts() + chroot));
    }

    ZabClient open(ZabClientBuilder builder) {
        ZabClient opened = builder.connect();
        toClose.add(opened);
        return opened;
    }
}
