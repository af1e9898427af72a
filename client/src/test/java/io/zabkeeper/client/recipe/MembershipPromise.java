package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Who has joined is seen by itself, and who has left by nobody. */
final class MembershipPromise implements Promise {
    private static final String PATH = "/group";

    private final Collection<String> unseen = new ConcurrentLinkedQueue<>();

    @Override
    public void use(int who, ZabClient client) {
        String name = "member " + who;
        try (Membership membership = Membership.join(client, PATH, name, Bytes.EMPTY)) {
            await(membership.whenJoined());
            long end = System.nanoTime() + Promises.AT_LAST.toNanos();
            while (!membership.members().containsKey(name) && client.state() != ConnectionState.LOST) {
                if (System.nanoTime() - end > 0) {
                    unseen.add(name + " has joined and does not see itself");
                    return;
                }
                LockSupport.parkNanos(Promises.HELD_NANOS);
            }
            LockSupport.parkNanos(Promises.PAUSE_NANOS);
        }
    }

    private static void await(CompletableFuture<Void> joined) {
        try {
            joined.get(Promises.AT_LAST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw Trouble.toThrow(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("has not joined", e);
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        try (Membership group = Membership.observe(witness, PATH)) {
            await(group.whenComplete());
            // A session that was given up is there until it expires.
            Eventually.until("all have left", () -> group.members().isEmpty());
        }
        return List.copyOf(unseen);
    }
}
