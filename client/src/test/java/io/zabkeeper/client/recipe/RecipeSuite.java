package io.zabkeeper.client.recipe;

import io.zabkeeper.client.Relay;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.ZabClientBuilder;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that need three members, whichever program they run. Each test lives below a znode of its own. */
abstract class RecipeSuite {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private String chroot = "";

    /** Of the first member's client port; what goes through it can be cut, refused and silenced. */
    Relay relay;

    abstract TestEnsemble ensemble();

    @BeforeEach
    void makeHome() throws IOException {
        chroot = "/recipe" + TESTS.incrementAndGet() + "-" + System.nanoTime();
        relay = Relay.to(ensemble().member(1).address());
        toClose.add(relay);
        try (ZabClient setup = ZabClient.connect(ensemble().connectString())) {
            setup.create(chroot, null);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    /** Of all members, below the test's znode. */
    ZabClientBuilder builder() {
        return builder(ensemble().connectString());
    }

    ZabClientBuilder builder(String hosts) {
        return ZabClient.builder()
                .hosts(hosts + chroot)
                .sessionTimeout(Duration.ofSeconds(6))
                .operationTimeout(Duration.ofSeconds(20));
    }

    ZabClient client() {
        return open(builder());
    }

    /** Of one member. */
    ZabClient clientOf(int member) {
        return open(builder(ensemble().member(member).address()));
    }

    /** Through the relay. */
    ZabClient relayed() {
        return open(builder(relay.hosts()));
    }

    ZabClient open(ZabClientBuilder builder) {
        ZabClient opened = builder.connect();
        toClose.add(opened);
        return opened;
    }

    String chroot() {
        return chroot;
    }
}
