package io.zabkeeper.client.recipe;

import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.ZabClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What is set together is seen together. */
final class ConfigPromise implements Promise {
    private final AtomicInteger last = new AtomicInteger();
    private final Collection<String> apart = new ConcurrentLinkedQueue<>();

    @Override
    public void use(int who, ZabClient client) {
        try (Config config = Config.at(client, "/config")
                .withDefaults(Map.of("one", "0", "other", "0"))
                .follow()) {
            check(config.now());
            config.addListener((before, now) -> check(now));
            if (who == 0) {
                String value = Integer.toString(last.incrementAndGet());
                set(config, value);
            }
            LockSupport.parkNanos(Promises.PAUSE_NANOS);
        }
    }

    /** Whether it was done is for who sets to find out. */
    private static void set(Config config, String value) {
        try {
            config.set(Map.of("one", value, "other", value));
        } catch (OutcomeUnknownException e) {
            // Both are set, or none.
        }
    }

    private void check(Settings settings) {
        if (!settings.text("one").equals(settings.text("other"))) {
            apart.add("seen apart: " + settings);
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return List.copyOf(apart);
    }
}
