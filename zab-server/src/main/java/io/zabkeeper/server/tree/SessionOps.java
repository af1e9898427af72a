package io.zabkeeper.server.tree;

import io.zabkeeper.server.session.Session;
import io.zabkeeper.wire.ErrorCode;
import java.util.List;

/** The beginning, the moves and the end of a session (client protocol §1.4, §1.6, §6). */
final class SessionOps {
    private SessionOps() {}

    static Applied open(Tree tree, Command.OpenSession open, int originNode, long zxid) {
        boolean isOpen = Owner.isSession(open.session())
                && tree.openSession(open.session(), open.timeoutMs(), open.password(), originNode, zxid) != null;
        return isOpen
                ? done(SessionChange.Kind.OPENED, open.session(), open.timeoutMs())
                : failed(ErrorCode.BAD_ARGUMENTS);
    }

    /** Whether the session is gone or the password is wrong is not told apart. */
    static Applied attach(Tree tree, Command.AttachSession attach, int originNode, long zxid) {
        boolean isAttached =
                tree.attachSession(attach.session(), attach.timeoutMs(), attach.password(), originNode, zxid) != null;
        return isAttached
                ? done(SessionChange.Kind.ATTACHED, attach.session(), attach.timeoutMs())
                : failed(ErrorCode.SESSION_EXPIRED);
    }

    static Applied close(Tree tree, Command.CloseSession close, int originNode, long zxid) {
        Session session = tree.sessions().get(close.session());
        if (session == null) {
            return failed(ErrorCode.SESSION_EXPIRED);
        }
        return session.owner() == originNode ? end(tree, close.session(), zxid) : failed(ErrorCode.SESSION_MOVED);
    }

    /** A client that has connected since the leader looked is alive, whatever the leader thought (ADR 7). */
    static Applied expire(Tree tree, Command.ExpireSession expire, long zxid) {
        Session session = tree.sessions().get(expire.session());
        if (session == null) {
            return failed(ErrorCode.SESSION_EXPIRED);
        }
        return session.attachedZxid() == expire.attachedZxid()
                ? end(tree, expire.session(), zxid)
                : failed(ErrorCode.SESSION_MOVED);
    }

    /** All ephemerals go at one zxid, the oldest first. */
    private static Applied end(Tree tree, long session, long zxid) {
        Removal removal = new Removal(tree, zxid);
        for (long id : tree.ephemerals().of(session)) {
            Znode node = tree.byId(id);
            if (node == null) {
                throw new IllegalStateException("ephemeral " + id + " does not exist");
            }
            removal.remove(node);
        }
        List<TreeEvent> events = removal.finish();
        tree.closeSession(session);
        return new Applied(ErrorCode.OK, null, events, new SessionChange(SessionChange.Kind.CLOSED, session, 0));
    }

    private static Applied done(SessionChange.Kind kind, long session, int timeoutMs) {
        return new Applied(ErrorCode.OK, null, List.of(), new SessionChange(kind, session, timeoutMs));
    }

    private static Applied failed(ErrorCode error) {
        return new Applied(error, null, List.of(), null);
    }
}
