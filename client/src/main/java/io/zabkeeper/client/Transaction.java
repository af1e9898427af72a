package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Several writes that happen all or not at all, at one zxid; each sees what those before it did.
 *
 * <p>For one thread, and for one commit. Mistakes in the arguments show at the commit.
 */
public final class Transaction {
    private final Calls calls;
    private final List<Request> operations = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private boolean isCommitted;
    private @Nullable RefusedException mistake;

    Transaction(Calls calls) {
        this.calls = calls;
    }

    /** Creates a persistent znode that is open to everybody. */
    public Transaction create(String path, @Nullable Bytes data) {
        return create(path, data, CreateOptions.PERSISTENT);
    }

    public Transaction create(String path, @Nullable Bytes data, CreateOptions options) {
        remember(Requests.problem(path, options));
        return add(path, Requests.createWithStat(calls.chroot(), path, data, options));
    }

    /** Deletes a znode that has this version, or {@link ZabClient#ANY_VERSION}. */
    public Transaction delete(String path, int version) {
        remember(Requests.problem(path));
        return add(path, new Delete(calls.chroot().toServer(path), version));
    }

    /** Sets the data of a znode that has this version, or {@link ZabClient#ANY_VERSION}. */
    public Transaction setData(String path, @Nullable Bytes data, int version) {
        remember(Requests.problem(path));
        return add(path, new SetData(calls.chroot().toServer(path), data, version));
    }

    /** Goes on only if a znode has this version; with {@link ZabClient#ANY_VERSION}, if it exists. */
    public Transaction check(String path, int version) {
        remember(Requests.problem(path));
        return add(path, new Check(calls.chroot().toServer(path), version));
    }

    /** Goes on only if there is no such znode. An extension, see {@link LowLevel#extensions}. */
    public Transaction checkNotExists(String path) {
        remember(Requests.problem(path));
        return add(path, new CheckNotExists(calls.chroot().toServer(path), ZabClient.ANY_VERSION));
    }

    /** Creates a znode, or leaves the one that is there as it is. An extension, see {@link LowLevel#extensions}. */
    public Transaction createIfNotExists(String path, @Nullable Bytes data, CreateOptions options) {
        remember(Requests.problem(path, options));
        return add(path, Requests.createIfNotExists(calls.chroot(), path, data, options));
    }

    /** Removes a znode with all below, at most so many. An extension, see {@link LowLevel#extensions}. */
    public Transaction removeRecursive(String path, int limit) {
        remember(Requests.problem(path));
        return add(path, new RemoveRecursive(calls.chroot().toServer(path), limit));
    }

    /**
     * Carries it out.
     *
     * @return one result for each operation, in their order
     * @throws TransactionRefusedException naming the operation at fault
     */
    public List<TransactionResult> commit() {
        return calls.await(commitAsync());
    }

    /** As {@link #commit}, without waiting. */
    public CompletableFuture<List<TransactionResult>> commitAsync() {
        if (isCommitted) {
            throw new IllegalStateException("committed before");
        }
        isCommitted = true;
        return mistake == null ? calls.commit(operations, paths) : CompletableFuture.failedFuture(mistake);
    }

    private Transaction add(String path, Request operation) {
        operations.add(operation);
        paths.add(path);
        return this;
    }

    private void remember(@Nullable RefusedException problem) {
        if (mistake == null) {
            mistake = problem;
        }
    }
}
