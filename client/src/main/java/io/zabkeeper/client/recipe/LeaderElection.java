package io.zabkeeper.client.recipe;

import io.zabkeeper.client.Transaction;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of several candidates leads: the one that has stood in line for the longest time. Who loses the leadership, or gives
 * it up, stands in line again until this is closed or the session is over.
 *
 * <p>Contends with Curator's {@code LeaderLatch} on one path. Safe for use by many threads.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Line LINE = Line.of("latch-");

    private final ZabClient client;
    private final String path;
    private final String id;
    private final LeadershipListener listener;
    private final Object lock = new Object();
    private CompletableFuture<Grant> candidacy = new CompletableFuture<>();
    private boolean isClosed;

    private LeaderElection(ZabClient client, String path, String id, LeadershipListener listener) {
        this.client = client;
        this.path = path;
        this.id = id;
        this.listener = listener;
    }

    /**
     * Becomes a candidate, and returns at once.
     *
     * @param path a directory of its own; it is created when it is needed
     * @param id what this candidate is called by the others
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static LeaderElection join(ZabClient client, String path, String id, LeadershipListener listener) {
        LeaderElection election = new LeaderElection(client, Directory.requireGood(path), id, listener);
        election.stand();
        return election;
    }

    /** Whether it leads as far as is known here, with a connection that works. */
    public boolean isLeader() {
        return leadership().map(Grant::isHeld).orElse(false);
    }

    /** The present term, if this candidate leads or is in doubt whether it does. */
    public Optional<Grant> leadership() {
        CompletableFuture<Grant> present = candidacy();
        boolean isElected = present.isDone() && !present.isCompletedExceptionally();
        return isElected
                ? Optional.of(present.join()).filter(grant -> !grant.standing().isFinal())
                : Optional.empty();
    }

    /** The candidates in line, the leader first, as a server knows them. */
    public CompletableFuture<List<Candidate>> candidates() {
        return candidates(client, path);
    }

    /** As {@link #candidates()}, for one who does not stand; nobody if there is no such directory. */
    public static CompletableFuture<List<Candidate>> candidates(ZabClient client, String path) {
        return Roll.call(client, path, List.of(LINE.kind()));
    }

    /**
     * Gives the leadership, or the place in line, up, and stands in line again behind all others.
     *
     * @return completes when the znode of a leader is gone, at once for others
     */
    public CompletableFuture<Void> resign() {
        CompletableFuture<Grant> before = candidacy();
        if (before.cancel(false)) {
            return CompletableFuture.completedFuture(null);
        }
        return leadership().map(Grant::releaseAsync).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * Gives the leadership to one of the other candidates. Those between are sent to the end of the line, all in one
     * transaction, which is refused if the heir has left.
     *
     * @return completes when the heir is the first in line, and is about to learn it; with an {@link IllegalStateException} if this candidate does not
     */
    public CompletableFuture<Void> transferTo(Candidate heir) {
        Optional<Grant> leadership = leadership();
        if (leadership.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException(id + " does not lead"));
        }
        Grant mine = leadership.get();
        return candidates().thenCompose(line -> {
            Transaction transfer = mine.transaction().check(heir.path(), ZabClient.ANY_VERSION);
            line.stream()
                    .filter(other -> other.token() > mine.fencingToken() && other.token() < heir.token())
                    .forEach(between -> transfer.delete(between.path(), ZabClient.ANY_VERSION));
            return transfer.delete(mine.path(), ZabClient.ANY_VERSION)
                    .commitAsync()
                    .thenApply(done -> null);
        });
    }

    /** Leaves the line; waits as {@link Grant#close} does. The listener is told if it led. */
    @Override
    public void close() {
        CompletableFuture<Grant> last;
        synchronized (lock) {
            isClosed = true;
            last = candidacy;
        }
        if (!last.cancel(false) && !last.isCompletedExceptionally()) {
            last.join().close();
        }
    }

    private CompletableFuture<Grant> candidacy() {
        synchronized (lock) {
            return candidacy;
        }
    }

    private void stand() {
        CompletableFuture<Grant> next;
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            next = Contender.enter(client, path, LINE, Bytes.ofUtf8(id));
            candidacy = next;
        }
        next.whenComplete((grant, failure) -> {
            if (failure == null) {
                lead(grant);
            } else if (next.isCancelled()) {
                stand();
            } else {
                listener.ended(Trouble.cause(failure).toString());
            }
        });
    }

    private void lead(Grant grant) {
        listener.elected(grant);
        AtomicBoolean isOver = new AtomicBoolean(); // A listener that comes late may be told of the end twice.
        grant.addListener((standing, reason) -> {
            if (standing == Grant.Standing.IN_DOUBT) {
                listener.doubted(reason);
            } else if (standing == Grant.Standing.HELD) {
                listener.confirmed();
            } else if (isOver.compareAndSet(false, true)) {
                listener.deposed(reason);
                stand();
            }
        });
    }
}
