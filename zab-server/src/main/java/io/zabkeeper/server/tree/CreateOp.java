package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.request.Create;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** create, create2, createContainer, createTTL and createIfNotExists. The order of the checks is visible to clients (client protocol §3.3). */
final class CreateOp {
    private CreateOp() {}

    static Outcome execute(Write write, Create create) {
        CreateMode mode = CreateMode.of(create.flags());
        if (mode == null) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        ErrorCode badTtl = problemOfTtl(write.settings, create, mode);
        if (badTtl != null) {
            return Outcome.failed(badTtl);
        }
        if (write.isLocal && mode.isEphemeral() && create.op() != OpCode.CREATE_CONTAINER) {
            return Outcome.failed(ErrorCode.EPHEMERAL_ON_LOCAL_SESSION);
        }
        String asked = create.path();
        if (!PathRules.hasParent(asked)) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl = AclFixUp.fix(create.acl(), write.identity, write.settings.agreed());
        if (acl == null) {
            return Outcome.failed(ErrorCode.INVALID_ACL);
        }
        Tree tree = write.tree;
        int slash = asked.lastIndexOf('/');
        Znode parent = tree.find(asked, slash);
        if (parent == null) {
            return Outcome.failed(ErrorCode.NONODE);
        }
        if (!write.may(Permission.CREATE, parent)) {
            return Outcome.failed(ErrorCode.NOAUTH);
        }
        String path = mode.isSequential() ? SequenceName.append(asked, parent.createdChildren) : asked;
        if (!PathRules.isPath(path)
                || PathRules.isTooLarge(path, write.settings.agreed().pathLevels())) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        byte[] name = path.substring(slash + 1).getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || tree.child(parent, name) != null) {
            return create.op() == OpCode.CREATE_IF_NOT_EXISTS
                    ? Outcome.done(new CreateReply(path))
                    : Outcome.failed(ErrorCode.NODEEXISTS);
        }
        if (parent.isEphemeral()) {
            return Outcome.failed(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        byte[] data = create.data() == null ? null : create.data().array();
        if (write.isBeyondQuota(path, 1, data == null ? 0 : data.length)) {
            return Outcome.failed(ErrorCode.QUOTA_EXCEEDED);
        }

        Znode node = tree.create(
                parent, name, data, owner(write, create, mode), tree.intern(acl), write.zxid, write.stampMillis);
        write.tellCreated(path, node, parent);
        return Outcome.done(
                answersWithStat(write, create, mode) ? new Create2Reply(path, node.stat()) : new CreateReply(path));
    }

    /** A time to live belongs to the modes that have one and, on the wire, to one operation only. */
    private static @Nullable ErrorCode problemOfTtl(TreeSettings settings, Create create, CreateMode mode) {
        if (!mode.hasTtl()) {
            return create.op() == OpCode.CREATE_TTL ? ErrorCode.BAD_ARGUMENTS : null;
        }
        if (!settings.agreed().extendedTypes()) {
            return ErrorCode.UNIMPLEMENTED;
        }
        return create.ttl() < 1 || create.ttl() > Owner.MAX_TTL_MS ? ErrorCode.BAD_ARGUMENTS : null;
    }

    /** createContainer makes a container whatever its flags say, and so do the flags of a container (§4.3). */
    private static long owner(Write write, Create create, CreateMode mode) {
        if (create.op() == OpCode.CREATE_CONTAINER || mode.isContainer()) {
            return Owner.CONTAINER;
        }
        if (mode.hasTtl()) {
            return Owner.ttl(create.ttl());
        }
        return mode.isEphemeral() ? write.session : Owner.NOBODY;
    }

    /** In a multi a container is answered with its stat by any operation (§2.3). */
    private static boolean answersWithStat(Write write, Create create, CreateMode mode) {
        return switch (create.op()) {
            case CREATE -> write.isInMulti() && mode.isContainer();
            case CREATE_IF_NOT_EXISTS -> false;
            default -> true;
        };
    }
}
