package io.zabkeeper.wire;

import java.util.Arrays;

/** The operations of the protocol with their numbers on the wire. */
public enum OpCode {
    NOTIFICATION(0),
    CREATE(1),
    DELETE(2),
    EXISTS(3),
    GET_DATA(4),
    SET_DATA(5),
    GET_ACL(6),
    SET_ACL(7),
    GET_CHILDREN(8),
    SYNC(9),
    PING(11),
    GET_CHILDREN2(12),
    CHECK(13),
    MULTI(14),
    CREATE2(15),
    RECONFIG(16),
    CHECK_WATCHES(17),
    REMOVE_WATCHES(18),
    CREATE_CONTAINER(19),
    DELETE_CONTAINER(20),
    CREATE_TTL(21),
    MULTI_READ(22),
    AUTH(100),
    SET_WATCHES(101),
    SASL(102),
    GET_EPHEMERALS(103),
    GET_ALL_CHILDREN_NUMBER(104),
    SET_WATCHES2(105),
    ADD_WATCH(106),
    WHO_AM_I(107),

    /** From here on extensions, for connections that have agreed on them; the numbers up to 506 are ClickHouse Keeper's. */
    FILTERED_LIST(500),
    CHECK_NOT_EXISTS(501),
    CREATE_IF_NOT_EXISTS(502),
    REMOVE_RECURSIVE(503),
    DETAILED_LIST(506),
    /** Outside of everybody's numbers. */
    LIST_PAGE(23_041),

    CREATE_SESSION(-10),
    CLOSE_SESSION(-11),
    ERROR(-1),

    /** Stands for every number outside the table; never written to the wire. */
    UNKNOWN(Integer.MIN_VALUE);

    private static final int LOWEST = -11;
    private static final int HIGHEST = 107;
    private static final OpCode[] BY_CODE = byCode();

    private final int code;

    OpCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The operation with this number, {@link #UNKNOWN} when there is none. */
    public static OpCode of(int code) {
        return code < LOWEST || code > HIGHEST ? extension(code) : BY_CODE[code - LOWEST];
    }

    private static OpCode extension(int code) {
        return switch (code) {
            case 500 -> FILTERED_LIST;
            case 501 -> CHECK_NOT_EXISTS;
            case 502 -> CREATE_IF_NOT_EXISTS;
            case 503 -> REMOVE_RECURSIVE;
            case 506 -> DETAILED_LIST;
            case 23_041 -> LIST_PAGE;
            default -> UNKNOWN;
        };
    }

    private static OpCode[] byCode() {
        OpCode[] table = new OpCode[HIGHEST - LOWEST + 1];
        Arrays.fill(table, UNKNOWN);
        for (OpCode op : values()) {
            if (op.code >= LOWEST && op.code <= HIGHEST) {
                table[op.code - LOWEST] = op;
            }
        }
        return table;
    }
}
