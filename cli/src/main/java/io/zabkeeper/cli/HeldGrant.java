package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Held;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Grant.Standing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A grant behind the commands' port. A doubt becomes a loss when the session may have expired: the client notices silence
 * after two thirds of the session's timeout, so one third is left.
 */
final class HeldGrant implements Held {
    private final Grant grant;
    private final Duration longestDoubt;
    private final CompletableFuture<String> loss = new CompletableFuture<>();

    /** Counts changes: a doubt that a confirmation has followed is none. */
    private final AtomicInteger changes = new AtomicInteger();

    HeldGrant(Grant grant, Duration sessionTimeout) {
        this.grant = grant;
        this.longestDoubt = sessionTimeout.dividedBy(3);
        grant.addListener(this::changed);
    }

    @Override
    public long fencingToken() {
        return grant.fencingToken();
    }

    @Override
    public String path() {
        return grant.path();
    }

    @Override
    public void onLoss(Consumer<String> listener) {
        CompletableFuture<Void> unused = loss.thenAccept(listener);
    }

    @Override
    public void release() {
        grant.close();
    }

    private void changed(Standing standing, String reason) {
        int change = changes.incrementAndGet();
        if (standing == Standing.LOST) {
            loss.complete(reason);
        } else if (standing == Standing.IN_DOUBT) {
            CompletableFuture.delayedExecutor(longestDoubt.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (changes.get() == change) {
                            loss.complete("in doubt for too long: " + reason);
                        }
                    });
        }
    }
}
