package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a znode.
 *
 * @param op which of the five operations with this body: they differ in what they answer, and in the time to live
 * @param path for a sequential mode the prefix of the name, which may be empty (a path that ends with '/')
 * @param data null and empty are told apart
 * @param acl null is a request that no server grants, but one that can be sent
 * @param flags a {@link io.zabkeeper.wire.CreateMode}'s, or a number that is none
 * @param ttl milliseconds, on the wire with {@link OpCode#CREATE_TTL} only; {@link #NO_TTL} otherwise
 */
public record Create(
        OpCode op,
        String path,
        @Nullable Bytes data,
        @Nullable List<Acl> acl,
        int flags,
        long ttl) implements Request {
    /** The absent time to live. */
    public static final long NO_TTL = -1;

    public Create {
        switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, CREATE_IF_NOT_EXISTS -> {}
            default -> throw new IllegalArgumentException("not a create: " + op);
        }
        acl = acl == null ? null : List.copyOf(acl);
    }

    public Create(OpCode op, String path, @Nullable Bytes data, @Nullable List<Acl> acl, int flags) {
        this(op, path, data, acl, flags, NO_TTL);
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onCreate(this);
    }
}
