package io.zabkeeper.client;

import io.zabkeeper.wire.Stat;

/** What one operation of a transaction did. */
public sealed interface TransactionResult {
    /** A znode was created. */
    record ZnodeCreated(String path, Stat stat) implements TransactionResult {}

    /** A znode is there, whoever created it. */
    record ZnodePresent(String path) implements TransactionResult {}

    /** A znode was not there, or not in this version. */
    record ZnodeAbsent() implements TransactionResult {}

    /** Data was set. */
    record DataSet(Stat stat) implements TransactionResult {}

    /** A znode was deleted. */
    record ZnodeDeleted() implements TransactionResult {}

    /** A version was as expected. */
    record VersionChecked() implements TransactionResult {}
}
