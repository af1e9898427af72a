package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.WatchHandle;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One that wants to be first in a line: it makes its znode, waits for the one in front, and leaves nothing behind when
 * nobody waits for it any more.
 *
 * <p>The steps follow one another, each from the answer to the one before, so no lock is needed; only who waits may come
 * from elsewhere, and completes {@link #outcome}. Each step looks there first.
 */
final class Contender {
    private static final Logger LOG = LoggerFactory.getLogger(Contender.class);

    private final ZabClient client;
    private final String directory;
    private final Rule rule;
    private final Bytes label;
    private final CompletableFuture<Grant> outcome = new CompletableFuture<>();
    private volatile @Nullable WatchHandle waiting;

    private Contender(ZabClient client, String directory, Rule rule, Bytes label) {
        this.client = client;
        this.directory = directory;
        this.rule = rule;
        this.label = label;
    }

    /**
     * Lines up.
     *
     * @return the grant; to cancel the future, or to complete it otherwise, is to leave the line
     */
    static CompletableFuture<Grant> enter(ZabClient client, String directory, Rule rule, Bytes label) {
        Contender contender = new Contender(client, directory, rule, label);
        contender.outcome.whenComplete((grant, failure) -> contender.stopWaiting());
        contender.create();
        return contender.outcome;
    }

    private void create() {
        if (outcome.isDone()) {
            return;
        }
        MarkedCreate.make(client, directory, rule.kind(), label, CreateOptions.EPHEMERAL_SEQUENTIAL)
                .whenComplete((created, failure) -> {
                    if (failure == null) {
                        lineUp(new Place(created.path(), created.stat().czxid()));
                    } else {
                        fail(failure);
                    }
                });
    }

    private void lineUp(Place place) {
        if (outcome.isDone()) {
            leave(place);
            return;
        }
        Persistence.repeat(() -> client.getChildrenAsync(directory)).whenComplete((names, failure) -> {
            if (failure == null) {
                decide(place, names);
            } else if (Trouble.of(failure) == Trouble.NO_NODE) {
                create(); // Somebody has removed everything.
            } else {
                fail(failure);
                leave(place);
            }
        });
    }

    private void decide(Place place, List<String> names) {
        Rule.Position position = rule.positionOf(ZnodePath.name(place.path), names);
        if (position instanceof Rule.Position.Behind behind) {
            // The data is read, not the existence: that would leave a watch behind when the other one has just gone.
            await(place, watch -> client.getDataAsync(ZnodePath.child(directory, behind.name()), watch));
        } else if (position instanceof Rule.Position.Crowded) {
            awaitChange(place);
        } else if (position instanceof Rule.Position.Nowhere) {
            create(); // Somebody has removed our znode: to the end of the line.
        } else if (client.state() == ConnectionState.CONNECTED) {
            grant(place);
        } else {
            Persistence.later(() -> lineUp(place)); // A server without a quorum answers, but nothing may be granted.
        }
    }

    /** The names may have changed since they were read: what comes with the watch counts. */
    private void awaitChange(Place place) {
        await(
                place,
                watch -> client.getChildrenAsync(directory, watch).thenAccept(names -> {
                    if (rule.positionOf(ZnodePath.name(place.path), names) != Rule.Position.Crowded.INSTANCE) {
                        watch.close();
                    }
                }));
    }

    private void await(Place place, Function<WatchHandle, CompletableFuture<?>> read) {
        WatchHandle watch = WatchHandle.create();
        waiting = watch;
        watch.fired().whenComplete((event, failure) -> {
            if (failure == null || watch.fired().isCancelled()) {
                lineUp(place);
                return;
            }
            switch (Trouble.of(failure)) {
                case NO_NODE -> lineUp(place);
                case PASSING, UNKNOWN -> Persistence.later(() -> lineUp(place));
                case SESSION_LOST, LASTING -> {
                    fail(failure);
                    leave(place);
                }
            }
        });
        CompletableFuture<?> unused = read.apply(watch);
        if (outcome.isDone()) {
            watch.close();
        }
    }

    private void grant(Place place) {
        Grant grant = Grant.begin(client, place.path, place.czxid);
        if (!outcome.complete(grant)) {
            CompletableFuture<Void> unused = grant.releaseAsync();
        }
    }

    private void stopWaiting() {
        WatchHandle watch = waiting;
        if (watch != null) {
            watch.close();
        }
    }

    private void fail(@Nullable Throwable failure) {
        outcome.completeExceptionally(Trouble.cause(failure));
    }

    private void leave(Place place) {
        Persistence.remove(client, place.path).whenComplete((gone, failure) -> {
            if (failure != null) {
                LOG.warn("a contender stays in line until its session ends path={}", place.path, failure);
            }
        });
    }

    private record Place(String path, long czxid) {}
}
