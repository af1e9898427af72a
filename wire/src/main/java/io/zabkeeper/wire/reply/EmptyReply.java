package io.zabkeeper.wire.reply;

/** To everything that is only done or not done. */
public record EmptyReply() implements Reply {
    public static final EmptyReply INSTANCE = new EmptyReply();

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onEmpty(this);
    }
}
