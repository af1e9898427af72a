package io.zabkeeper.wire;

import org.jspecify.annotations.Nullable;

/** How a znode lives and how it is named: the {@code flags} of a create. A number, not a set of bits. */
public enum CreateMode {
    PERSISTENT(0),
    /** Gone when its session ends; cannot have children. */
    EPHEMERAL(1),
    /** The server appends ten digits to the name. */
    PERSISTENT_SEQUENTIAL(2),
    EPHEMERAL_SEQUENTIAL(3),
    /** Removed by the server some time after its last child is gone. */
    CONTAINER(4),
    /** Removed by the server when it was neither changed for its time to live nor has children. */
    PERSISTENT_WITH_TTL(5),
    PERSISTENT_SEQUENTIAL_WITH_TTL(6);

    private static final CreateMode[] BY_FLAGS = values();

    private final int flags;

    CreateMode(int flags) {
        this.flags = flags;
    }

    public int flags() {
        return flags;
    }

    public boolean isSequential() {
        return this == PERSISTENT_SEQUENTIAL || this == EPHEMERAL_SEQUENTIAL || this == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }

    public boolean isEphemeral() {
        return this == EPHEMERAL || this == EPHEMERAL_SEQUENTIAL;
    }

    public boolean isContainer() {
        return this == CONTAINER;
    }

    public boolean hasTtl() {
        return this == PERSISTENT_WITH_TTL || this == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }

    /** The mode with these flags, null when there is none. */
    public static @Nullable CreateMode of(int flags) {
        return flags < 0 || flags >= BY_FLAGS.length ? null : BY_FLAGS[flags];
    }
}
