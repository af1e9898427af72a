package io.zabkeeper.wire.reply;

/** The path of the new znode, with the sequence number if there is one. */
public record CreateReply(String path) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCreate(this);
    }
}
