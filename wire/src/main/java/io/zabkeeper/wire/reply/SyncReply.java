package io.zabkeeper.wire.reply;

/** The path of the sync, unchecked. */
public record SyncReply(String path) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSync(this);
    }
}
