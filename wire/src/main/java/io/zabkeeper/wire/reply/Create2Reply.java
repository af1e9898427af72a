package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Stat;

/** The path of the new znode, with the sequence number if there is one, and its stat. */
public record Create2Reply(String path, Stat stat) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCreate2(this);
    }
}
