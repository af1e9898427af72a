package io.zabkeeper.client;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.CreateMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a znode is created.
 *
 * @param ttl after which an unchanged znode without children goes away; given exactly for the modes that need it
 */
public record CreateOptions(
        CreateMode mode, List<Acl> acl, @Nullable Duration ttl) {
    /** Stays until it is deleted; open to everybody. */
    public static final CreateOptions PERSISTENT = of(CreateMode.PERSISTENT);

    /** Goes with the session; open to everybody. */
    public static final CreateOptions EPHEMERAL = of(CreateMode.EPHEMERAL);

    public static final CreateOptions PERSISTENT_SEQUENTIAL = of(CreateMode.PERSISTENT_SEQUENTIAL);
    public static final CreateOptions EPHEMERAL_SEQUENTIAL = of(CreateMode.EPHEMERAL_SEQUENTIAL);
    public static final CreateOptions CONTAINER = of(CreateMode.CONTAINER);

    public CreateOptions {
        acl = List.copyOf(acl);
        if (mode.hasTtl() != (ttl != null)) {
            throw new IllegalArgumentException(mode + (ttl == null ? " needs a" : " has no") + " time to live");
        }
        if (ttl != null && ttl.toMillis() <= 0) {
            throw new IllegalArgumentException("a time to live must be positive: " + ttl);
        }
    }

    /** Of a mode without a time to live, open to everybody. */
    public static CreateOptions of(CreateMode mode) {
        return new CreateOptions(mode, Acl.OPEN_UNSAFE, null);
    }

    /** Goes when it is unchanged and has no children for this long. */
    public static CreateOptions withTtl(Duration ttl) {
        return new CreateOptions(CreateMode.PERSISTENT_WITH_TTL, Acl.OPEN_UNSAFE, ttl);
    }

    /** The same with a sequence number. */
    public static CreateOptions sequentialWithTtl(Duration ttl) {
        return new CreateOptions(CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, Acl.OPEN_UNSAFE, ttl);
    }

    /** The same for somebody else. */
    public CreateOptions withAcl(List<Acl> acl) {
        return new CreateOptions(mode, acl, ttl);
    }
}
