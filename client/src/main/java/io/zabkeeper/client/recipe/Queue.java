package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Items that are taken in the order in which they were offered, each at least once.
 *
 * <p>An item stays until whoever took it acknowledges it. Until then an ephemeral znode beside it says that it is taken: when
 * the session of the taker ends, somebody else takes it. So an item may be worked on twice, but by one at a time as far as
 * the takers know; {@link Taken#claim} has the fencing token for the rest.
 *
 * <p>Those that wait for an item wait in line; an offer wakes one. For work that is handed out, not for streams: a directory
 * with more than some ten thousand items is slow to read. Safe for use by many threads.
 */
public final class Queue {
    private static final Line TAKERS = Line.of("lock-");
    private static final String KIND = "item-";

    /** Of the znode beside an item that is taken; no item's name ends so. */
    private static final String CLAIMED = ".claimed";

    private final ZabClient client;
    private final String items;
    private final String takers;
    private final String receipts;

    private Queue(ZabClient client, String path) {
        this.client = client;
        this.items = ZnodePath.child(path, "items");
        this.takers = ZnodePath.child(path, "takers");
        this.receipts = ZnodePath.child(path, "receipts");
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @throws IllegalArgumentException if that is no path, or the root
     */
    public static Queue at(ZabClient client, String path) {
        return new Queue(client, Directory.requireGood(path));
    }

    /** Adds an item behind all others, exactly once. If the session is lost meanwhile it may be there. */
    public void offer(Bytes item) {
        Waiting.forValue(client, offerAsync(item));
    }

    /** As {@link #offer}, without waiting. */
    public CompletableFuture<Void> offerAsync(Bytes item) {
        return Offer.make(client, items, receipts, KIND, item);
    }

    /**
     * Takes the first item that nobody has taken.
     *
     * @return empty if there was none in time
     */
    public Optional<Taken> take(Duration patience) throws InterruptedException {
        return Waiting.toHave(client, takeAsync(), patience, Taken::giveBack);
    }

    /** As {@link #take}, without waiting and without a bound. To cancel the future is to take nothing. */
    public CompletableFuture<Taken> takeAsync() {
        CompletableFuture<Taken> outcome = new CompletableFuture<>();
        CompletableFuture<Grant> turn = Contender.enter(client, takers, TAKERS, Bytes.EMPTY);
        outcome.whenComplete((taken, failure) -> turn.cancel(false));
        turn.whenComplete((granted, failure) -> {
            if (failure == null) {
                takeInTurn(granted, outcome);
            } else {
                outcome.completeExceptionally(Trouble.cause(failure));
            }
        });
        return outcome;
    }

    /** How many items there are, taken or not, as a server knows it. */
    public CompletableFuture<Integer> sizeAsync() {
        return Roll.names(client, items, List.of(KIND)).thenApply(List::size);
    }

    /** A turn that is lost meanwhile does no harm: nobody can claim what is claimed. */
    private void takeInTurn(Grant turn, CompletableFuture<Taken> outcome) {
        CompletableFuture<Taken> found = Change.awaitIn(client, items, this::claimFirst, Taken::giveBack);
        outcome.whenComplete((taken, failure) -> found.cancel(false));
        found.whenComplete((taken, failure) -> {
            CompletableFuture<Void> unused = turn.releaseAsync();
            if (failure != null) {
                outcome.completeExceptionally(Trouble.cause(failure));
            } else if (!outcome.complete(taken)) {
                taken.giveBack();
            }
        });
    }

    /** Empty when there is nothing to claim, or when another one was faster: both end with a change of the directory. */
    private CompletableFuture<Optional<Taken>> claimFirst(List<String> names) {
        Set<String> all = new HashSet<>(names);
        return names.stream()
                .flatMap(name -> ContenderName.parse(name, KIND).stream())
                .filter(item -> !all.contains(item.name() + CLAIMED))
                .min(Comparator.comparingInt(ContenderName::sequence))
                .map(first -> claim(ZnodePath.child(items, first.name())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Optional<Taken>> claim(String item) {
        return Claim.lay(client, item + CLAIMED, "")
                .thenCompose(claim -> claim.map(granted -> read(item, granted))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    /** Another one may have been done with the item between our look and our claim. */
    private CompletableFuture<Optional<Taken>> read(String item, Grant claim) {
        return Persistence.repeat(() -> client.getDataAsync(item))
                .thenApply(znode -> Optional.of(new Taken(client, item, znode, claim)))
                .exceptionallyCompose(failure -> {
                    CompletableFuture<Void> unused = claim.releaseAsync();
                    return Trouble.of(failure) == Trouble.NO_NODE
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : CompletableFuture.failedFuture(Trouble.cause(failure));
                });
    }
}
