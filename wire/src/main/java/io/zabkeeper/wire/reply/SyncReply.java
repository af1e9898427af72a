package io.zabkeeper.wire.reply;

import org.jspecify.annotations.Nullable;

/** The path of the sync, unchecked. */
public record SyncReply(@Nullable String path) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSync(this);
    }
}
