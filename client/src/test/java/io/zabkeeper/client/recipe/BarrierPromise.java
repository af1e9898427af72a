package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Nobody passes while it is surely closed, and who waits passes in the end. One closes and opens it, the others wait. */
final class BarrierPromise implements Promise {
    private static final String PATH = "/barrier";
    private static final int WARDEN = 0;
    private static final long CLOSED_NANOS = 3_000_000;

    /** When it was surely closed: from the end of closing to the beginning of opening, which may have come to nothing. */
    private final Map<Long, Long> closed = new ConcurrentSkipListMap<>();

    /** From when somebody asked to pass until he had. */
    private final Map<Long, Long> passed = new ConcurrentSkipListMap<>();

    private final Collection<String> stuck = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        Barrier barrier = Barrier.at(client, PATH);
        if (who == WARDEN) {
            barrier.raise();
            long from = now();
            LockSupport.parkNanos(CLOSED_NANOS);
            closed.put(from, now());
            barrier.lift();
            return;
        }
        long from = now();
        if (barrier.await(Promises.AT_LAST)) {
            passed.put(from, now());
        } else {
            stuck.add("client " + who + " was held up for " + Promises.AT_LAST);
        }
        LockSupport.parkNanos(Promises.HELD_NANOS);
    }

    private long now() {
        return System.nanoTime() - began;
    }

    @Override
    public List<String> faults(ZabClient witness) throws InterruptedException {
        Barrier barrier = Barrier.at(witness, PATH);
        barrier.lift();
        if (!barrier.await(Promises.AT_LAST)) {
            stuck.add("it cannot be opened");
        }
        if (closed.isEmpty() || passed.isEmpty()) {
            stuck.add("closed " + closed.size() + " times, passed " + passed.size() + " times");
        }
        return Stream.concat(stuck.stream(), passedWhileClosed()).toList();
    }

    private Stream<String> passedWhileClosed() {
        // One closes it, so the last time before somebody came is the only one that he may have come in.
        ConcurrentSkipListMap<Long, Long> times = new ConcurrentSkipListMap<>(closed);
        return passed.entrySet().stream().flatMap(passage -> {
            Map.Entry<Long, Long> before = times.floorEntry(passage.getKey());
            return before != null && passage.getValue() < before.getValue()
                    ? Stream.of("somebody passed in " + passage + " while it was closed in " + before)
                    : Stream.empty();
        });
    }
}
