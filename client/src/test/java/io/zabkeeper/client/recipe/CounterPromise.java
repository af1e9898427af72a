package io.zabkeeper.client.recipe;

import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.ZabClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Each addition is made once. */
final class CounterPromise implements Promise {
    private final Collection<Long> sums = new ConcurrentLinkedQueue<>();
    private final AtomicInteger perhaps = new AtomicInteger();

    @Override
    public void use(int who, ZabClient client) {
        try {
            sums.add(Counter.at(client, "/counter").add(1));
        } catch (SessionLostException lost) {
            perhaps.incrementAndGet();
            throw lost;
        }
        LockSupport.parkNanos(Promises.PAUSE_NANOS);
    }

    @Override
    public List<String> faults(ZabClient witness) {
        witness.sync("/counter");
        long sum = Counter.at(witness, "/counter").get();
        List<String> faults = new ArrayList<>();
        if (sum < sums.size() || sum > sums.size() + perhaps.get()) {
            faults.add(sums.size() + " to " + (sums.size() + perhaps.get()) + " additions, and the sum is " + sum);
        }
        if (Set.copyOf(sums).size() != sums.size()) {
            faults.add("two additions had the same sum");
        }
        return faults;
    }
}
