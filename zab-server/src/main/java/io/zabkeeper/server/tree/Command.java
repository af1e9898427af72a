package io.zabkeeper.server.tree;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.request.Request;
import java.util.List;

/**
 * What is ordered: a request with everything that is not the same everywhere, or something about a session. Only a
 * {@link ClientWrite} carries what a client has sent; the others are another type, which no client can produce.
 */
public sealed interface Command {
    long session();

    <R> R deliverTo(Receiver<R> receiver);

    /**
     * A write of a client.
     *
     * @param identity the ids of its connection when the request came in
     */
    record ClientWrite(long session, List<AuthId> identity, Request request) implements Command {
        public ClientWrite {
            identity = List.copyOf(identity);
        }

        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onClientWrite(this);
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

    /** The session ends, because the client wants it or because it has expired. Its ephemerals go with it. */
    record CloseSession(long session) implements Command {
        @Override
        public <R> R deliverTo(Receiver<R> receiver) {
            return receiver.onCloseSession(this);
        }
    }

    /** One method for each command. */
    interface Receiver<R> {
        R onClientWrite(ClientWrite write);

        R onOpenSession(OpenSession open);

        R onAttachSession(AttachSession attach);

        R onCloseSession(CloseSession close);
    }
}
