package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.concurrent.CompletableFuture;

/**
 * A number of leases, given out in the order in which they were asked for.
 *
 * <p>Whoever wants one first takes a turn, which is a mutex: so one at a time waits for a lease, and a lease that is given
 * back wakes one. Contends with Curator's {@code InterProcessSemaphoreV2} on one path. The number is not kept in the
 * ensemble: all must use the same one, and those that use a smaller one wait longer.
 */
public final class Semaphore extends Grantor {
    private static final Line TURNS = Line.of("lock-");

    private final Leases leases;

    private Semaphore(ZabClient client, String path, Leases leases) {
        super(client, path);
        this.leases = leases;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @param leases how many may have one at once, at least 1
     * @throws IllegalArgumentException if that is no path, or the root, or if there is no lease
     */
    public static Semaphore at(ZabClient client, String path, int leases) {
        if (leases < 1) {
            throw new IllegalArgumentException("a semaphore has at least one lease, not " + leases);
        }
        return new Semaphore(client, Directory.requireGood(path), new Leases(leases));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync() {
        CompletableFuture<Grant> outcome = new CompletableFuture<>();
        CompletableFuture<Grant> turn = Contender.enter(client(), ZnodePath.child(path(), "locks"), TURNS, Bytes.EMPTY);
        outcome.whenComplete((lease, failure) -> turn.cancel(false));
        turn.whenComplete((granted, failure) -> {
            if (failure == null) {
                takeLease(granted, outcome);
            } else {
                outcome.completeExceptionally(Trouble.cause(failure));
            }
        });
        return outcome;
    }

    /** A turn that is lost meanwhile does no harm: two that wait at once see each other's znodes. */
    private void takeLease(Grant turn, CompletableFuture<Grant> outcome) {
        CompletableFuture<Grant> lease =
                Contender.enter(client(), ZnodePath.child(path(), "leases"), leases, Bytes.EMPTY);
        outcome.whenComplete((unused, failure) -> lease.cancel(false));
        lease.whenComplete((granted, failure) -> {
            CompletableFuture<Void> unused = turn.releaseAsync();
            if (failure != null) {
                outcome.completeExceptionally(Trouble.cause(failure));
            } else if (!outcome.complete(granted)) {
                CompletableFuture<Void> unusedToo = granted.releaseAsync();
            }
        });
    }

    @Override
    public String toString() {
        return "semaphore " + path();
    }
}
