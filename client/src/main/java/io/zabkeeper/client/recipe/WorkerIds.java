package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.ZnodePath;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Small numbers of which nobody else has the same: for the machine part of generated ids, for shards, for ports.
 *
 * <p>A number is the name of an ephemeral znode. It is free again when its owner gives it back or its session ends: who must
 * not use a number any more learns it from the {@link Grant}, and where that is too late its fencing token helps. Safe for
 * use by many threads.
 */
public final class WorkerIds {
    private final ZabClient client;
    private final String path;
    private final int count;

    private WorkerIds(ZabClient client, String path, int count) {
        this.client = client;
        this.path = path;
        this.count = count;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @param path a directory of its own; it is created when it is needed
     * @param count how many numbers there are, at least 1; the first one is 0
     * @throws IllegalArgumentException if that is no path, or the root, or if there is no number
     */
    public static WorkerIds at(ZabClient client, String path, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be at least one number, not " + count);
        }
        return new WorkerIds(client, Directory.requireGood(path), count);
    }

    /**
     * Takes the smallest number that is free.
     *
     * @param label what the owner says of itself, for people
     * @return empty if none became free in time
     */
    public Optional<WorkerId> claim(String label, Duration patience) throws InterruptedException {
        return Waiting.toHave(client, claimAsync(label), patience, WorkerId::giveBack);
    }

    /** As {@link #claim}, without waiting and without a bound. To cancel the future is to take none. */
    public CompletableFuture<WorkerId> claimAsync(String label) {
        return Change.awaitIn(client, path, names -> takeFree(names, label), WorkerId::giveBack);
    }

    /** Empty when none is free, or when another one was faster: both end with a change of the directory. */
    private CompletableFuture<Optional<WorkerId>> takeFree(List<String> names, String label) {
        Set<String> taken = new HashSet<>(names);
        return IntStream.range(0, count)
                .filter(number -> !taken.contains(Integer.toString(number)))
                .mapToObj(number -> Claim.lay(client, ZnodePath.child(path, Integer.toString(number)), label)
                        .thenApply(claim -> claim.map(grant -> new WorkerId(number, grant))))
                .findFirst()
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }
}
