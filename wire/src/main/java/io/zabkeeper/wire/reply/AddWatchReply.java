package io.zabkeeper.wire.reply;

/**
 * To addWatch, which alone repeats the error of the header in a body.
 *
 * @param error always 0
 */
public record AddWatchReply(int error) implements Reply {
    public static final AddWatchReply DONE = new AddWatchReply(0);

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onAddWatch(this);
    }
}
