package io.zabkeeper.client.recipe;

import java.util.concurrent.CompletableFuture;

/** A number that nobody else has while the grant is held. */
public record WorkerId(int number, Grant grant) implements AutoCloseable {
    /** Gives it back, and waits as {@link Grant#close} does. */
    @Override
    public void close() {
        grant.close();
    }

    void giveBack() {
        CompletableFuture<Void> unused = grant.releaseAsync();
    }
}
