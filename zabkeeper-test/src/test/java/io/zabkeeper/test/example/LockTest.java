package io.zabkeeper.test.example;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Mutex;
import io.zabkeeper.test.TestEnsemble;
import io.zabkeeper.test.ZabkeeperExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LockTest {
    @RegisterExtension
    static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(3);

    @Test
    void the_lock_survives_the_leader(TestEnsemble ensemble, ZabClient client) throws InterruptedException {
        try (Grant grant = Mutex.at(client, "/locks/a").acquire()) {
            ensemble.killLeader();

            grant.transaction().create("/done", null).commit();
        }
    }

    @Test
    void the_lock_is_lost_with_the_session(TestEnsemble ensemble, ZabClient client) throws InterruptedException {
        Grant lost = Mutex.at(client, "/locks/b").acquire();

        ensemble.expireSession(client);

        lost.whenLost().join();
        assertFalse(lost.isHeld());
        Mutex next = Mutex.at(zabkeeper.client(), "/locks/b");
        assertTrue(next.tryAcquire(Duration.ofSeconds(10)).isPresent());
    }
}
