package io.zabkeeper.server.tree;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.request.Request;
import java.util.List;

/**
 * What is ordered: a request with everything that is not the same everywhere, or something that the service does by itself. Only a
 * {@link ClientWrite} carries what a client has sent; the others are another type, which no client can produce.
 */
public sealed interface Command {
    <R> R deliverTo(Receiver<R> receiver);

    /**
     * A write of a client.
     *
     * @param identity the ids of its connection when the request came in
     * @param extensions what its connection has agreed on: it decides how the request is read
     */
    record ClientWrite(long session, List<AuthId> identity, Extensions extensions, Request request) implements Command {
        public ClientWrite {
            identity = List.copyOf(identity);
        }

        /** Of a connection without extensions. */
        public ClientWrite(long session, List<AuthId> identity, Request request) {
            this(session, identity, Extensions.NONE, request);
        }

        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onClientWrite(this);
        }
    }

    /**
     * A write of a client whose session only the member knows where it comes from. That member vouches for the session; the
     * replicated sessions are not asked, and an ephemeral znode cannot be created.
     */
    record LocalWrite(ClientWrite write) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onLocalWrite(this);
        }
    }

    /** A new session with this password, owned by the member where the command comes from. */
    record OpenSession(long session, int timeoutMs, Bytes password) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onOpenSession(this);
        }
    }

    /** A client has connected again and says which session it had; the member where it is now becomes the owner. */
    record AttachSession(long session, int timeoutMs, Bytes password) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onAttachSession(this);
        }
    }

    /**
     * The client ends its session, by way of the member that has it; its ephemerals go with it. A connection that was left
     * behind cannot end a session that has moved on.
     */
    record CloseSession(long session) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onCloseSession(this);
        }
    }

    /**
     * The session was not heard in time: the leader ends it, wherever it is, unless it has been attached meanwhile.
     *
     * @param attachedZxid where the session was attached last, as far as the leader had applied when it decided
     */
    record ExpireSession(long session, long attachedZxid) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onExpireSession(this);
        }
    }

    /**
     * A container or a znode with a time to live that has outlived its purpose: the leader has it removed. Whether that
     * is still so is decided once more when the command is applied, by its stamp.
     *
     * @param node the internal id, which no other znode ever has, so that a path that was created anew is not meant
     * @param neverUsedMs a container that has never had a child is meant when it is older than this; 0 for never
     */
    record ReapZnode(long node, long neverUsedMs) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onReapZnode(this);
        }
    }

    /** One method for each command. */
    interface Receiver<R> {
        R onClientWrite(ClientWrite write);

        R onLocalWrite(LocalWrite write);

        R onOpenSession(OpenSession open);

        R onAttachSession(AttachSession attach);

        R onCloseSession(CloseSession close);

        R onExpireSession(ExpireSession expire);

        R onReapZnode(ReapZnode reap);
    }
}
