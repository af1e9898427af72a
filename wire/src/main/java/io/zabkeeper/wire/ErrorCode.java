package io.zabkeeper.wire;

import java.util.HashMap;
import java.util.Map;

/**
 * The errors of the protocol with their numbers on the wire.
 *
 * <p>The table is closed: clients look a number up and some fail when they do not find it, so a server never invents
 * one. Those marked "local" are never sent; a client uses them for what it found out by itself.
 */
public enum ErrorCode {
    OK(0),
    /** The number of a reply that is not in this table. */
    SYSTEM_ERROR(-1),
    /** In a failed multi: an operation behind the one that failed. */
    RUNTIME_INCONSISTENCY(-2),
    /** Never sent. */
    DATA_INCONSISTENCY(-3),
    /** Local. */
    CONNECTION_LOSS(-4),
    /** The body of the request cannot be decoded, or has null where none is allowed. */
    MARSHALLING_ERROR(-5),
    UNIMPLEMENTED(-6),
    /** Local. */
    OPERATION_TIMEOUT(-7),
    BAD_ARGUMENTS(-8),
    /** Local. */
    INVALID_STATE(-9),
    UNKNOWN_SESSION(-12),
    NEW_CONFIG_NO_QUORUM(-13),
    RECONFIG_IN_PROGRESS(-14),
    /** Never sent. */
    API_ERROR(-100),
    NONODE(-101),
    NOAUTH(-102),
    BADVERSION(-103),
    NO_CHILDREN_FOR_EPHEMERALS(-108),
    NODEEXISTS(-110),
    NOTEMPTY(-111),
    SESSION_EXPIRED(-112),
    /** Local. */
    INVALID_CALLBACK(-113),
    INVALID_ACL(-114),
    AUTH_FAILED(-115),
    /** Local. */
    CLOSING(-116),
    /** Local. */
    NOTHING(-117),
    /** Inside the server: the session has been attached elsewhere; its connection here is closed without a reply. */
    SESSION_MOVED(-118),
    NOT_READ_ONLY(-119),
    EPHEMERAL_ON_LOCAL_SESSION(-120),
    NO_WATCHER(-121),
    /** Local. */
    REQUEST_TIMEOUT(-122),
    RECONFIG_DISABLED(-123),
    SESSION_CLOSED_REQUIRE_AUTH(-124),
    QUOTA_EXCEEDED(-125),
    THROTTLED_OP(-127);

    private static final Map<Integer, ErrorCode> BY_CODE = byCode();

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The error with this number, {@link #SYSTEM_ERROR} when there is none. */
    public static ErrorCode of(int code) {
        return code == 0 ? OK : BY_CODE.getOrDefault(code, SYSTEM_ERROR);
    }

    private static Map<Integer, ErrorCode> byCode() {
        Map<Integer, ErrorCode> table = new HashMap<>();
        for (ErrorCode error : values()) {
            table.put(error.code, error);
        }
        return table;
    }
}
