package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import org.jspecify.annotations.Nullable;

/** To getData. */
public record DataReply(@Nullable Bytes data, Stat stat) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onData(this);
    }
}
