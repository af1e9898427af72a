package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Change;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.Transaction;
import io.zabkeeper.client.TransactionResult;
import io.zabkeeper.wire.Stat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The commands' changes as a transaction of the Java client. */
record TransactionBuilder(Transaction transaction) implements Change.Receiver {
    /** Gives the stat of what was created or set, one for each change. */
    CompletableFuture<List<Optional<Stat>>> commit() {
        return transaction
                .commitAsync()
                .thenApply(results ->
                        results.stream().map(TransactionBuilder::stat).toList());
    }

    @Override
    public void create(Change.Create create) {
        transaction.create(create.path(), create.data(), CreateOptions.PERSISTENT.withAcl(create.acl()));
    }

    @Override
    public void setData(Change.SetData setData) {
        transaction.setData(setData.path(), setData.data(), setData.version());
    }

    @Override
    public void delete(Change.Delete delete) {
        transaction.delete(delete.path(), delete.version());
    }

    @Override
    public void check(Change.Check check) {
        transaction.check(check.path(), check.version());
    }

    private static Optional<Stat> stat(TransactionResult result) {
        if (result instanceof TransactionResult.ZnodeCreated created) {
            return Optional.of(created.stat());
        }
        return result instanceof TransactionResult.DataSet set ? Optional.of(set.stat()) : Optional.empty();
    }
}
