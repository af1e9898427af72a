package io.zabkeeper.client.recipe;

import io.zabkeeper.client.Children;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a number of participants begin together and end together, again and again.
 *
 * <p>A round is a znode with one ephemeral child for each participant. Who sees the last one come closes the round to
 * newcomers, in one transaction with the sign for the others to begin; who sees the last one leave removes it. A participant of
 * the next round waits for that, so rounds do not mix, and does it if everybody has left. One whose session ends has left.
 *
 * <p>For one round at a time: each participant has an object of its own.
 */
public final class DoubleBarrier {
    private static final String BEGUN = "begun";

    private final ZabClient client;
    private final String round;
    private final int participants;
    private final String member;

    /** The zxid that created the present round's znode: by the time that this one leaves there may be another. */
    private volatile long entered;

    /** The last time that this one came or went, which may not be over. */
    private CompletableFuture<Void> lastMove = CompletableFuture.completedFuture(null);

    private DoubleBarrier(ZabClient client, String path, int participants) {
        this.client = client;
        this.round = ZnodePath.child(path, "round");
        this.participants = participants;
        this.member = ZnodePath.child(round, "member-" + UUID.randomUUID());
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @param participants how many a round needs to begin, at least 1; all must say the same
     * @throws IllegalArgumentException if that is no path, or the root, or if nobody participates
     */
    public static DoubleBarrier at(ZabClient client, String path, int participants) {
        if (participants < 1) {
            throw new IllegalArgumentException("a round has at least one participant, not " + participants);
        }
        return new DoubleBarrier(client, Directory.requireGood(path), participants);
    }

    /**
     * Comes, and waits until all have come.
     *
     * @return whether they came in time; if not, this one has left
     */
    public boolean enter(Duration patience) throws InterruptedException {
        return finish(enterAsync(), patience);
    }

    /** As {@link #enter}, without waiting and without a bound. Who cancels it must {@link #leave}. */
    public CompletableFuture<Boolean> enterAsync() {
        return step(
                this::come,
                () -> Change.await(watch -> client.getChildrenWithStatAsync(round, watch), this::beginWhenAllAreThere));
    }

    /**
     * Goes, and waits until all have gone.
     *
     * @return whether they went in time; this one has gone in any case
     */
    public boolean leave(Duration patience) throws InterruptedException {
        return finish(leaveAsync(), patience);
    }

    /** As {@link #leave}, without waiting and without a bound. */
    public CompletableFuture<Boolean> leaveAsync() {
        return step(
                leaving -> Persistence.remove(client, member),
                () -> Change.await(this::membersIfAny, this::endWhenAllAreGone));
    }

    /**
     * Comes or goes, and then waits for the others.
     *
     * @param move is told the outcome, which is there already when nobody waits for it any more
     * @return to cancel it is to wait no longer
     */
    private CompletableFuture<Boolean> step(
            Function<CompletableFuture<Boolean>, CompletableFuture<Void>> move,
            Supplier<CompletableFuture<Boolean>> others) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        inTurn(() -> move.apply(outcome)).whenComplete((moved, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(Trouble.cause(failure));
            } else if (!outcome.isDone()) {
                CompletableFuture<Boolean> all = others.get();
                outcome.whenComplete((done, given) -> all.cancel(false));
                all.whenComplete((done, wrong) -> {
                    if (wrong == null) {
                        outcome.complete(done);
                    } else {
                        outcome.completeExceptionally(Trouble.cause(wrong));
                    }
                });
            }
        });
        return outcome;
    }

    /** One that was given up may still be on its way: what undoes it, and whatever comes next, waits for that. */
    private synchronized CompletableFuture<Void> inTurn(Supplier<CompletableFuture<Void>> move) {
        CompletableFuture<Void> next =
                lastMove.<Void>handle((moved, failure) -> null).thenCompose(over -> move.get());
        lastMove = next;
        return next;
    }

    private boolean finish(CompletableFuture<Boolean> step, Duration patience) throws InterruptedException {
        boolean isDone = false;
        try {
            isDone = Waiting.within(client, step, patience).isPresent();
            return isDone;
        } finally {
            if (!isDone) {
                CompletableFuture<Void> unused = inTurn(() -> Persistence.remove(client, member));
            }
        }
    }

    /** Becomes a member of a round that has not begun; not when nobody waits for that any more. */
    private CompletableFuture<Void> come(CompletableFuture<Boolean> entering) {
        if (entering.isDone()) {
            return CompletableFuture.completedFuture(null);
        }
        return Persistence.make(client, round, CreateOptions.PERSISTENT)
                .thenCompose(made -> client.transaction()
                        .check(round, 0)
                        .create(member, null, CreateOptions.EPHEMERAL)
                        .commitAsync())
                .<CompletableFuture<Void>>handle((come, failure) -> {
                    if (failure == null || isRefusal(failure, ErrorCode.NODEEXISTS)) {
                        return CompletableFuture.completedFuture(null); // Perhaps by a try whose answer was lost.
                    }
                    if (isRefusal(failure, ErrorCode.BADVERSION)) {
                        return awaitEndOfRound(entering).thenCompose(ended -> come(entering));
                    }
                    Trouble trouble = Trouble.of(failure);
                    return trouble.isWorthRepeating() || trouble == Trouble.NO_NODE
                            ? Persistence.afterPause(true, () -> come(entering))
                            : CompletableFuture.failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    /** Those who were in it may all have gone without a look back: then it ends here. */
    private CompletableFuture<Boolean> awaitEndOfRound(CompletableFuture<Boolean> entering) {
        CompletableFuture<Boolean> end = Change.await(this::membersIfAny, members -> {
            if (members.isEmpty() || members.get().stat().version() == 0) {
                return CompletableFuture.completedFuture(Optional.of(true));
            }
            return endIfDeserted(members.get());
        });
        entering.whenComplete((entered, givenUp) -> end.complete(false));
        return end;
    }

    private CompletableFuture<Optional<Boolean>> beginWhenAllAreThere(Children members) {
        entered = members.stat().czxid();
        if (members.stat().version() > 0) {
            return CompletableFuture.completedFuture(Optional.of(true));
        }
        if (members.names().size() < participants) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return client.transaction()
                .setData(round, null, 0)
                .create(ZnodePath.child(round, BEGUN), null) // That those who look at the children see it.
                .commitAsync()
                .handle((begun, failure) -> {
                    boolean isBegun = failure == null || isRefusal(failure, ErrorCode.BADVERSION);
                    return isBegun
                            ? CompletableFuture.completedFuture(Optional.of(true))
                            : CompletableFuture.<Optional<Boolean>>failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<Boolean>> endWhenAllAreGone(Optional<Children> members) {
        if (members.isEmpty() || members.get().stat().czxid() != entered) {
            return CompletableFuture.completedFuture(Optional.of(true));
        }
        return endIfDeserted(members.get());
    }

    private CompletableFuture<Optional<Boolean>> endIfDeserted(Children members) {
        if (!members.names().stream().allMatch(BEGUN::equals)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        // Refused when another one has done it, and then the next round may have begun: both end this one.
        return client.transaction()
                .delete(ZnodePath.child(round, BEGUN), ZabClient.ANY_VERSION)
                .delete(round, 1)
                .commitAsync()
                .handle((ended, failure) -> {
                    boolean isUnclear = failure != null && Trouble.of(failure).isWorthRepeating();
                    return isUnclear
                            ? CompletableFuture.<Optional<Boolean>>failedFuture(Trouble.cause(failure))
                            : CompletableFuture.completedFuture(Optional.of(true));
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<Children>> membersIfAny(WatchHandle watch) {
        return client.getChildrenWithStatAsync(round, watch)
                .thenApply(Optional::of)
                .exceptionallyCompose(DoubleBarrier::absentAsEmpty);
    }

    private static <T> CompletableFuture<Optional<T>> absentAsEmpty(Throwable failure) {
        return Trouble.of(failure) == Trouble.NO_NODE
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(Trouble.cause(failure));
    }

    private static boolean isRefusal(Throwable failure, ErrorCode code) {
        return Trouble.cause(failure) instanceof RefusedException refused && refused.code() == code;
    }
}
