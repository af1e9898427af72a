package io.zabkeeper.client.recipe;

import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.TransactionRefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What was offered is worked on, and what was acknowledged does not come again. */
final class QueuePromise implements Promise {
    private static final String PATH = "/queue";

    /** Slower than items are taken: what is left at the end has to be taken, too. */
    private static final long OFFER_EVERY_NANOS = 5 * Promises.PAUSE_NANOS;

    private final AtomicInteger last = new AtomicInteger();
    private final Set<String> offered = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> perhapsAcknowledged = ConcurrentHashMap.newKeySet();
    private final Collection<String> again = new ConcurrentLinkedQueue<>();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        Queue queue = Queue.at(client, PATH);
        if (who % 2 == 0) {
            String item = "item " + last.incrementAndGet();
            queue.offer(Bytes.ofUtf8(item));
            offered.add(item);
            LockSupport.parkNanos(OFFER_EVERY_NANOS);
        } else {
            Optional<Taken> taken = queue.take(Promises.SOON);
            if (taken.isPresent()) {
                acknowledge(taken.get());
            }
        }
    }

    private void acknowledge(Taken taken) {
        String item = taken.data().utf8();
        try {
            taken.acknowledge();
            note(item);
        } catch (TransactionRefusedException refused) {
            // The claim was lost: somebody else works on it.
        } catch (SessionLostException lost) {
            perhapsAcknowledged.add(item);
            throw lost;
        }
    }

    private void note(String item) {
        if (!acknowledged.add(item)) {
            again.add(item + " came again");
        }
    }

    @Override
    public List<String> faults(ZabClient witness) throws InterruptedException {
        Queue queue = Queue.at(witness, PATH);
        for (Optional<Taken> rest = queue.take(Promises.SOON); rest.isPresent(); rest = queue.take(Promises.SOON)) {
            acknowledge(rest.get());
        }
        List<String> faults = new ArrayList<>(again);
        offered.stream()
                .filter(item -> !acknowledged.contains(item) && !perhapsAcknowledged.contains(item))
                .forEach(item -> faults.add(item + " is lost"));
        return faults;
    }
}
