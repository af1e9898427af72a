package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Stat;

/** To exists, setData and setACL. */
public record StatReply(Stat stat) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onStat(this);
    }
}
