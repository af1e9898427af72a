package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Change;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.Transaction;

/** The commands' changes as a transaction of the Java client. */
record TransactionBuilder(Transaction transaction) implements Change.Receiver {
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
}
