package io.zabkeeper.client.recipe;

import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something again and again, whenever it has changed, until what is seen is good enough or nobody waits any more.
 *
 * @param <T> what is looked at
 * @param <R> what comes of it
 */
final class Change<T, R> {
    private final Supplier<CompletableFuture<Void>> make;
    private final Function<WatchHandle, CompletableFuture<T>> look;
    private final Function<T, CompletableFuture<Optional<R>>> judge;
    private final Consumer<R> giveBack;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();
    private final AtomicReference<@Nullable WatchHandle> waiting = new AtomicReference<>();

    private Change(
            Supplier<CompletableFuture<Void>> make,
            Function<WatchHandle, CompletableFuture<T>> look,
            Function<T, CompletableFuture<Optional<R>>> judge,
            Consumer<R> giveBack) {
        this.make = make;
        this.giveBack = giveBack;
        this.look = look;
        this.judge = judge;
    }

    /**
     * Starts to look.
     *
     * @param look reads, with a watch for the next change; a failure that passes, or that there is no znode, is tried again
     * @param judge completes with nothing for "wait for a change"
     * @return the first result, or what failed; to cancel it is to stop looking
     */
    static <T, R> CompletableFuture<R> await(
            Function<WatchHandle, CompletableFuture<T>> look, Function<T, CompletableFuture<Optional<R>>> judge) {
        return start(new Change<>(() -> CompletableFuture.completedFuture(null), look, judge, result -> {}));
    }

    /**
     * The same for the names in a directory, which is made when it is not there.
     *
     * @param giveBack takes a result for which nobody waited any more when it came
     */
    static <R> CompletableFuture<R> awaitIn(
            ZabClient client,
            String directory,
            Function<List<String>, CompletableFuture<Optional<R>>> judge,
            Consumer<R> giveBack) {
        return start(new Change<>(
                () -> Persistence.makeDirectory(client, directory),
                watch -> client.getChildrenAsync(directory, watch),
                judge,
                giveBack));
    }

    private static <T, R> CompletableFuture<R> start(Change<T, R> change) {
        change.outcome.whenComplete((result, failure) -> change.stopWaiting());
        change.lookAgain();
        return change.outcome;
    }

    private void lookAgain() {
        if (outcome.isDone()) {
            return;
        }
        WatchHandle watch = WatchHandle.create();
        waiting.set(watch);
        look.apply(watch).thenCompose(judge).whenComplete((result, failure) -> {
            if (failure != null && Trouble.of(failure).isWorthRepeating()) {
                watch.close();
                Persistence.later(this::lookAgain);
            } else if (failure != null && Trouble.of(failure) == Trouble.NO_NODE) {
                watch.close();
                makeAndLookAgain();
            } else if (failure != null) {
                outcome.completeExceptionally(Trouble.cause(failure));
            } else if (result.isPresent()) {
                if (!outcome.complete(result.get())) {
                    giveBack.accept(result.get());
                }
            } else {
                watch.fired().whenComplete((event, gone) -> afterWait(gone));
            }
        });
        if (outcome.isDone()) {
            watch.close();
        }
    }

    private void makeAndLookAgain() {
        make.get().whenComplete((made, failure) -> {
            if (failure == null) {
                Persistence.later(this::lookAgain);
            } else {
                outcome.completeExceptionally(Trouble.cause(failure));
            }
        });
    }

    private void afterWait(@Nullable Throwable gone) {
        if (gone == null) {
            lookAgain();
        } else if (!(gone instanceof CancellationException)) {
            Persistence.later(this::lookAgain); // The next look tells what is wrong.
        }
    }

    private void stopWaiting() {
        WatchHandle watch = waiting.get();
        if (watch != null) {
            watch.close();
        }
    }
}
