package io.zabkeeper.client.recipe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several things that are had together or not at all.
 *
 * <p>They are taken one after another in the order of their paths, so that two that want the same do not wait for each other
 * for ever. Not for those that also take single ones in another order: nobody can help them.
 */
public final class MultiLock {
    private final List<Grantor> parts;

    private MultiLock(List<Grantor> parts) {
        this.parts = parts;
    }

    /**
     * Nothing is asked of the ensemble yet.
     *
     * @throws IllegalArgumentException if there is none, or if one path is there twice: the second would wait for the first
     */
    public static MultiLock of(List<? extends Grantor> parts) {
        List<Grantor> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparing(Grantor::path));
        Set<String> paths = new HashSet<>();
        for (Grantor part : sorted) {
            if (!paths.add(part.path())) {
                throw new IllegalArgumentException("twice in one multi-lock: " + part.path());
            }
        }
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a multi-lock of nothing");
        }
        return new MultiLock(List.copyOf(sorted));
    }

    /**
     * Waits until all are granted.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile; nothing is held then
     * @throws io.zabkeeper.client.ZabException if a session is lost, or a server refuses; nothing is held then
     */
    public MultiGrant acquire() throws InterruptedException {
        List<Grant> grants = new ArrayList<>();
        boolean isDone = false;
        try {
            for (Grantor part : parts) {
                grants.add(part.acquire());
            }
            isDone = true;
            return new MultiGrant(grants);
        } finally {
            if (!isDone) {
                release(grants);
            }
        }
    }

    /** The same for so long in all; empty if one was not granted by then, and nothing is held. */
    public Optional<MultiGrant> tryAcquire(Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        List<Grant> grants = new ArrayList<>();
        boolean isDone = false;
        try {
            for (Grantor part : parts) {
                Optional<Grant> grant =
                        part.tryAcquire(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
                if (grant.isEmpty()) {
                    return Optional.empty();
                }
                grants.add(grant.get());
            }
            isDone = true;
            return Optional.of(new MultiGrant(grants));
        } finally {
            if (!isDone) {
                release(grants);
            }
        }
    }

    private static void release(List<Grant> grants) {
        new MultiGrant(grants).close();
    }
}
