package io.zabkeeper.server.request;

import io.zabkeeper.server.auth.AuthSchemes;
import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.server.tree.ReadResult;
import io.zabkeeper.server.tree.TreeEvent;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Reconfig;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries for the audit trail: each write that this member's clients asked for, done or not, as ZooKeeper does, and
 * beside them each read and each proof of identity that was refused. Belongs to the replica loop.
 */
final class Audit {
    private static final String EPHEMERAL_GONE = "ephemeralZNodeDeletionOnSessionCloseOrExpire";
    private static final String PERMISSIONS = "rwcda";

    private final AuditTrail trail;

    Audit(AuditTrail trail) {
        this.trail = trail;
    }

    boolean isKept() {
        return trail.isKept();
    }

    /** A write has come to its end. */
    void wrote(ClientSession session, Request request, Applied outcome) {
        if (!(request instanceof Multi multi)) {
            write(session, request, outcome.error(), outcome.reply());
            return;
        }
        List<Result> results = outcome.reply() instanceof MultiReply reply ? reply.results() : List.of();
        for (int i = 0; i < multi.operations().size(); i++) {
            Request operation = multi.operations().get(i);
            Result result = i < results.size() ? results.get(i) : new Result.Failed(outcome.error());
            if (result instanceof Result.Done done) {
                write(session, operation, ErrorCode.OK, done.reply());
            } else if (result instanceof Result.Failed failed) {
                // What would have succeeded alone was undone with the rest.
                ErrorCode error = failed.error() == ErrorCode.OK ? ErrorCode.RUNTIME_INCONSISTENCY : failed.error();
                write(session, operation, error, null);
            }
        }
    }

    private void write(ClientSession session, Request request, ErrorCode error, @Nullable Reply reply) {
        String operation = operation(request);
        if (operation == null) {
            return;
        }
        String path = pathOf(request);
        String type = null;
        String acl = null;
        if (request instanceof Create create) {
            path = reply instanceof CreateReply done ? done.path() : path;
            path = reply instanceof Create2Reply done ? done.path() : path;
            CreateMode mode = CreateMode.of(create.flags());
            type = mode == null ? null : mode.name().toLowerCase(Locale.ROOT);
        } else if (request instanceof SetAcl setAcl) {
            acl = text(setAcl.acl());
        }
        add(session, operation, path, type, acl, error);
    }

    /** A read was answered; only a refusal is worth a line. */
    void read(ClientSession session, Request request, ReadResult result) {
        if (result.error() == ErrorCode.NOAUTH) {
            add(session, request.op().name().toLowerCase(Locale.ROOT), pathOf(request), null, null, result.error());
        }
    }

    /** Somebody could not prove who he is, or was not allowed to go on without. */
    void refused(ClientSession session, OpCode op, ErrorCode error) {
        add(session, op.name().toLowerCase(Locale.ROOT), null, null, null, error);
    }

    /** A session has ended, and these ephemerals with it. */
    void ended(long session, Applied outcome) {
        for (TreeEvent event : outcome.events()) {
            if (event.type() == EventType.NODE_DELETED) {
                trail.add(new AuditEntry(session, null, null, EPHEMERAL_GONE, event.path(), null, null, null));
            }
        }
    }

    private void add(
            ClientSession session,
            String operation,
            @Nullable String path,
            @Nullable String type,
            @Nullable String acl,
            ErrorCode error) {
        String users = session.identity().stream()
                .map(AuthSchemes::userOf)
                .filter(user -> !user.isEmpty())
                .collect(Collectors.joining(","));
        trail.add(new AuditEntry(
                session.id(),
                users,
                session.port().peerAddress(),
                operation,
                path,
                type,
                acl,
                error == ErrorCode.OK ? null : error.name()));
    }

    /** Null for what is not a change. */
    private static @Nullable String operation(Request request) {
        return switch (request.op()) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, CREATE_IF_NOT_EXISTS -> "create";
            case DELETE -> "delete";
            case REMOVE_RECURSIVE -> "removeRecursive";
            case SET_DATA -> "setData";
            case SET_ACL -> "setAcl";
            case RECONFIG -> "reconfig";
            default -> null;
        };
    }

    private static @Nullable String pathOf(Request request) {
        if (request instanceof Create create) {
            return create.path();
        } else if (request instanceof Delete delete) {
            return delete.path();
        } else if (request instanceof RemoveRecursive remove) {
            return remove.path();
        } else if (request instanceof SetData setData) {
            return setData.path();
        } else if (request instanceof SetAcl setAcl) {
            return setAcl.path();
        } else if (request instanceof Reconfig) {
            return "/zookeeper/config";
        } else if (request instanceof GetData getData) {
            return getData.path();
        } else if (request instanceof Exists exists) {
            return exists.path();
        } else if (request instanceof GetChildren getChildren) {
            return getChildren.path();
        } else if (request instanceof GetAcl getAcl) {
            return getAcl.path();
        } else if (request instanceof GetAllChildrenNumber count) {
            return count.path();
        }
        return null;
    }

    /** As ZooKeeper writes it, but what identifies somebody by a hash of his password does not belong into a log. */
    private static @Nullable String text(@Nullable List<Acl> acl) {
        if (acl == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Acl entry : acl) {
            AuthId id = entry.id();
            boolean isDigest = id.scheme().equals(AuthSchemes.DIGEST);
            text.append(text.length() == 0 ? "" : ",").append(id.scheme()).append(':');
            text.append(isDigest ? DigestAuth.masked(id.id()) : id.id()).append(':');
            for (int bit : new int[] {2, 3, 0, 1, 4}) {
                text.append((entry.permissions() & 1 << bit) == 0 ? "" : PERMISSIONS.charAt(bit));
            }
        }
        return text.toString();
    }
}
