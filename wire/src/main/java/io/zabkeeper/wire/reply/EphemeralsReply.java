package io.zabkeeper.wire.reply;

import java.util.List;

/** To getEphemerals. In no order. */
public record EphemeralsReply(List<String> paths) implements Reply {
    public EphemeralsReply {
        paths = List.copyOf(paths);
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onEphemerals(this);
    }
}
