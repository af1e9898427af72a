package io.zabkeeper.client.recipe;

import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.RefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An ephemeral znode of a name that one session at a time can have.
 *
 * <p>It holds a mark, or what its owner says followed by one: after a lost answer the create is tried again, and what is
 * there already is ours if it has our mark.
 */
final class Claim {
    private static final char BEFORE_MARK = '\n';

    private final ZabClient client;
    private final String path;
    private final Bytes content;

    private Claim(ZabClient client, String path, Bytes content) {
        this.client = client;
        this.path = path;
        this.content = content;
    }

    /**
     * Takes the name if nobody has it. Its directory must be there.
     *
     * @param label what the owner says of itself, for people
     * @return empty if somebody has it; fails with what else the server says
     */
    static CompletableFuture<Optional<Grant>> lay(ZabClient client, String path, String label) {
        Claim claim = new Claim(client, path, Bytes.ofUtf8(label + BEFORE_MARK + UUID.randomUUID()));
        return Persistence.repeat(claim::tryOnce)
                .thenApply(czxid -> czxid.map(token -> Grant.begin(client, path, token)));
    }

    /** What the owner of a claim says of itself. */
    static String label(String content) {
        int end = content.lastIndexOf(BEFORE_MARK);
        return end < 0 ? content : content.substring(0, end);
    }

    private CompletableFuture<Optional<Long>> tryOnce() {
        return client.createWithStatAsync(path, content, CreateOptions.EPHEMERAL)
                .handle((created, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(
                                Optional.of(created.stat().czxid()));
                    }
                    boolean isTaken = Trouble.cause(failure) instanceof RefusedException refused
                            && refused.code() == ErrorCode.NODEEXISTS;
                    return isTaken
                            ? recognize()
                            : CompletableFuture.<Optional<Long>>failedFuture(Trouble.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<Long>> recognize() {
        return client.getDataAsync(path)
                .thenApply(znode -> Optional.of(znode)
                        .filter(found -> content.equals(found.data()))
                        .map(found -> found.stat().czxid()))
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }
}
