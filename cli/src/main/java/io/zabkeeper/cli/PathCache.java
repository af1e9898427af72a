package io.zabkeeper.cli;

import io.zabkeeper.cli.command.CommandFailure;
import io.zabkeeper.cli.command.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The children of znodes that the user completes, remembered for a moment. Who asks waits a moment at most: an answer that
 * comes later serves the next key.
 */
final class PathCache {
    private static final long PATIENCE_MS = 200;
    private static final long FRESH_MS = 5_000;

    private final Supplier<Optional<Session>> session;
    private final Executor executor;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(CompletableFuture<List<String>> children, long askedNanos) {
        boolean isFresh() {
            return System.nanoTime() - askedNanos < TimeUnit.MILLISECONDS.toNanos(FRESH_MS);
        }
    }

    /** @param executor runs the questions, which wait for the service */
    PathCache(Supplier<Optional<Session>> session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    /** The names below a znode as far as they are known in a moment; none when it does not exist. */
    List<String> children(String parent) {
        Entry entry = entries.compute(
                parent,
                (path, known) -> known != null && known.isFresh() ? known : new Entry(ask(path), System.nanoTime()));
        try {
            return entry.children().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Forgets all; a command may have changed anything. */
    void clear() {
        entries.clear();
    }

    private CompletableFuture<List<String>> ask(String parent) {
        Optional<Session> connected = session.get();
        if (connected.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.supplyAsync(() -> listed(connected.get(), parent), executor);
    }

    private static List<String> listed(Session session, String parent) {
        try {
            return session.children(parent).stream().sorted().toList();
        } catch (CommandFailure e) {
            return List.of(); // No such znode, or no answer: nothing to offer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
