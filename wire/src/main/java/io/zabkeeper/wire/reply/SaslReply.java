package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * To sasl.
 *
 * @param token for the client's next step; null when there is none
 */
public record SaslReply(@Nullable Bytes token) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSasl(this);
    }
}
