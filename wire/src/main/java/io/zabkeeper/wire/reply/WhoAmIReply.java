package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.ClientInfo;
import java.util.List;

/** To whoAmI. */
public record WhoAmIReply(List<ClientInfo> identities) implements Reply {
    public WhoAmIReply {
        identities = List.copyOf(identities);
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onWhoAmI(this);
    }
}
