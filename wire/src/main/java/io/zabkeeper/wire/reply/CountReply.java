package io.zabkeeper.wire.reply;

/** To getAllChildrenNumber. */
public record CountReply(int total) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCount(this);
    }
}
