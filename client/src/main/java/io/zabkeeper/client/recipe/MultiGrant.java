package io.zabkeeper.client.recipe;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the holder of a {@link MultiLock} has: all of these. */
public record MultiGrant(List<Grant> grants) implements AutoCloseable {
    public MultiGrant {
        grants = List.copyOf(grants);
    }

    /** Whether all are held, as {@link Grant#isHeld} says. */
    public boolean isHeld() {
        return grants.stream().allMatch(Grant::isHeld);
    }

    /** Gives all back, the last one first, and waits as {@link Grant#close} does. */
    @Override
    public void close() {
        for (int i = grants.size() - 1; i >= 0; i--) {
            CompletableFuture<Void> unused = grants.get(i).releaseAsync();
        }
        grants.forEach(Grant::close);
    }
}
