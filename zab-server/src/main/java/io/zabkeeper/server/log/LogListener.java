package io.zabkeeper.server.log;

/** Told by the log thread what became of what was appended. The owner hands it on to the replica loop. */
public interface LogListener {
    /** Everything appended with this sequence or a lower one is durable. Rises with every call. */
    void persisted(long sequence);

    /** Nothing more will be durable. Called at most once, and after it nothing else: the process has to stop. */
    void failed(Throwable cause);
}
