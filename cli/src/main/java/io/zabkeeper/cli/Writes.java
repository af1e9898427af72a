package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Operation;
import io.zabkeeper.client.Transaction;
import io.zabkeeper.client.TransactionResult;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Stat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The commands' writes as a transaction of the client. */
final class Writes {
    private Writes() {}

    static CompletableFuture<List<Optional<Stat>>> commit(ZabClient client, List<Operation> operations) {
        Transaction transaction = client.transaction();
        operations.forEach(operation -> add(transaction, operation));
        return transaction
                .commitAsync()
                .thenApply(results -> results.stream().map(Writes::stat).toList());
    }

    private static void add(Transaction transaction, Operation operation) {
        Transaction unused;
        if (operation instanceof Operation.Create create) {
            unused = transaction.create(create.path(), create.data());
        } else if (operation instanceof Operation.Set set) {
            unused = transaction.setData(set.path(), set.data(), set.version());
        } else if (operation instanceof Operation.Remove remove) {
            unused = transaction.delete(remove.path(), remove.version());
        } else if (operation instanceof Operation.Check check) {
            unused = transaction.check(check.path(), check.version());
        }
    }

    private static Optional<Stat> stat(TransactionResult result) {
        if (result instanceof TransactionResult.ZnodeCreated created) {
            return Optional.of(created.stat());
        }
        return result instanceof TransactionResult.DataSet set ? Optional.of(set.stat()) : Optional.empty();
    }
}
