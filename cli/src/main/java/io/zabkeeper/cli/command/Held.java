package io.zabkeeper.cli.command;

import java.util.function.Consumer;

/** Something that this session has as long as a znode stands for it: a lock. */
public interface Held {
    /** Grows from each holder to the next. */
    long fencingToken();

    /** The znode that stands for it. */
    String path();

    /**
     * Tells once, on another thread, that it is lost, or that nobody can know any more whether it is: without a connection
     * that is when the session may have expired.
     */
    void onLoss(Consumer<String> listener);

    /** Gives it back; nothing happens when it is lost. */
    void release();
}
