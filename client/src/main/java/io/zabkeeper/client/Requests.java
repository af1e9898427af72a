package io.zabkeeper.client;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.ZnodePath;
import io.zabkeeper.wire.request.Create;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** From typed options to what goes over the wire. */
final class Requests {
    private Requests() {}

    /** Why this path is not worth sending, null if it is. */
    static @Nullable RefusedException problem(String path) {
        return refusal(path, ZnodePath.problem(path));
    }

    /** A sequential name may be nothing but its number. */
    static @Nullable RefusedException problem(String path, CreateOptions options) {
        return refusal(path, ZnodePath.problem(options.mode().isSequential() ? path + "0" : path));
    }

    static Create create(Chroot chroot, String path, @Nullable Bytes data, CreateOptions options) {
        return create(OpCode.CREATE, chroot, path, data, options);
    }

    static Create createWithStat(Chroot chroot, String path, @Nullable Bytes data, CreateOptions options) {
        return create(OpCode.CREATE2, chroot, path, data, options);
    }

    /** Of a mode without a form of its own. */
    static Create createIfNotExists(Chroot chroot, String path, @Nullable Bytes data, CreateOptions options) {
        return new Create(
                OpCode.CREATE_IF_NOT_EXISTS,
                options.mode().isSequential() ? chroot.toServerPrefix(path) : chroot.toServer(path),
                data,
                options.acl(),
                options.mode().flags());
    }

    private static Create create(
            OpCode ordinary, Chroot chroot, String path, @Nullable Bytes data, CreateOptions options) {
        String serverPath = options.mode().isSequential() ? chroot.toServerPrefix(path) : chroot.toServer(path);
        OpCode op = switch (options.mode()) {
            case CONTAINER -> OpCode.CREATE_CONTAINER;
            case PERSISTENT_WITH_TTL, PERSISTENT_SEQUENTIAL_WITH_TTL -> OpCode.CREATE_TTL;
            case PERSISTENT, EPHEMERAL, PERSISTENT_SEQUENTIAL, EPHEMERAL_SEQUENTIAL -> ordinary;
        };
        Duration ttl = options.ttl();
        return new Create(
                op,
                serverPath,
                data,
                options.acl(),
                options.mode().flags(),
                ttl == null ? Create.NO_TTL : ttl.toMillis());
    }

    private static @Nullable RefusedException refusal(String path, @Nullable String problem) {
        return problem == null ? null : new RefusedException(ErrorCode.BAD_ARGUMENTS, problem, path);
    }
}
