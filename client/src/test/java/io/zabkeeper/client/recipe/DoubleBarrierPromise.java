package io.zabkeeper.client.recipe;

import io.zabkeeper.client.Children;
import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Stat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Rounds do not mix: who is in one had come before it began. Whatever happens, there can be another one. */
final class DoubleBarrierPromise implements Promise {
    private static final String PATH = "/rounds";
    private static final String ROUND = PATH + "/round";
    private static final int PARTICIPANTS = 2;

    private final Collection<String> mixed = new ConcurrentLinkedQueue<>();

    /** Times that somebody was in a round and saw all of it. */
    private final AtomicInteger seen = new AtomicInteger();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        DoubleBarrier barrier = DoubleBarrier.at(client, PATH, PARTICIPANTS);
        if (!barrier.enter(Promises.SOON)) {
            return; // The others are elsewhere.
        }
        try {
            look(who, client);
        } catch (OutcomeUnknownException unseen) {
            // Another round will be seen.
        } catch (RefusedException refused) {
            if (!Trouble.of(refused).isWorthRepeating()) {
                throw refused;
            }
        }
        barrier.leave(Promises.SOON);
    }

    /** As long as this one is there the round is: what is read is its own. */
    private void look(int who, ZabClient client) {
        Children members = client.getChildrenWithStat(ROUND);
        long begun = members.stat().mzxid();
        for (String name : members.names()) {
            Optional<Stat> member = client.exists(ROUND + "/" + name);
            if (member.isPresent() && member.get().czxid() > begun) {
                mixed.add("client " + who + " is in a round that began at " + begun + " with " + name + " of "
                        + member.get().czxid());
            }
        }
        seen.incrementAndGet();
    }

    @Override
    public List<String> faults(ZabClient witness) throws InterruptedException, ExecutionException {
        if (seen.get() == 0) {
            mixed.add("no round was ever seen");
        }
        List<DoubleBarrier> last = new ArrayList<>();
        for (int i = 0; i < PARTICIPANTS; i++) {
            last.add(DoubleBarrier.at(witness, PATH, PARTICIPANTS));
        }
        try {
            all(last.stream().map(DoubleBarrier::enterAsync).toList());
            all(last.stream().map(DoubleBarrier::leaveAsync).toList());
        } catch (TimeoutException e) {
            mixed.add("there is no further round");
        }
        return List.copyOf(mixed);
    }

    private static void all(List<CompletableFuture<Boolean>> steps)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .get(Promises.AT_LAST.toSeconds(), TimeUnit.SECONDS);
    }
}
