package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Stat;
import java.util.List;

/** To getACL. */
public record AclReply(List<Acl> acl, Stat stat) implements Reply {
    public AclReply {
        acl = List.copyOf(acl);
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onAcl(this);
    }
}
