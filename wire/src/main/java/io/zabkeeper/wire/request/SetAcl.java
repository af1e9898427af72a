package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets the access control list of a znode.
 *
 * @param version the aversion that it must have, -1 for any
 */
public record SetAcl(String path, @Nullable List<Acl> acl, int version) implements Request {
    public SetAcl {
        acl = acl == null ? null : List.copyOf(acl);
    }

    @Override
    public OpCode op() {
        return OpCode.SET_ACL;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onSetAcl(this);
    }
}
