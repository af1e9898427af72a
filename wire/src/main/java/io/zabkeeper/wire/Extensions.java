package io.zabkeeper.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations beyond ZooKeeper's that a client and a server have agreed on for one connection.
 *
 * <p>A client that knows of extensions says so in the protocol version of its first frame, and a server that knows of
 * them answers with what it grants. Everybody else sends, ignores and answers 0, which grants nothing: to a connection
 * without extensions their numbers are as unknown as any other.
 *
 * @param bits one for each operation
 */
public record Extensions(int bits) {
    public static final Extensions NONE = new Extensions(0);

    /** All that this build knows. */
    public static final Extensions ALL = new Extensions(0b11_1111);

    /** The upper half of a protocol version that speaks of extensions: "ZB". */
    private static final int MARK = 0x5A42_0000;

    private static final int MASK = 0xffff;

    /** What the protocol version of a first frame offers or grants, as far as this build knows it. */
    public static Extensions ofProtocolVersion(int version) {
        return (version & ~MASK) == MARK ? new Extensions(version & MASK).and(ALL) : NONE;
    }

    /** 0 for none at all. */
    public int protocolVersion() {
        return bits == 0 ? 0 : MARK | bits;
    }

    public Extensions and(Extensions others) {
        return new Extensions(bits & others.bits);
    }

    /** Whether the operation may be used: each that is no extension may. */
    public boolean allow(OpCode op) {
        int bit = bit(op);
        return bit == 0 || (bits & bit) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    /** The operations that these are. */
    public List<OpCode> operations() {
        List<OpCode> operations = new ArrayList<>();
        for (OpCode op : OpCode.values()) {
            if (bit(op) != 0 && allow(op)) {
                operations.add(op);
            }
        }
        return operations;
    }

    private static int bit(OpCode op) {
        return switch (op) {
            case FILTERED_LIST -> 1;
            case CHECK_NOT_EXISTS -> 1 << 1;
            case CREATE_IF_NOT_EXISTS -> 1 << 2;
            case REMOVE_RECURSIVE -> 1 << 3;
            case DETAILED_LIST -> 1 << 4;
            case LIST_PAGE -> 1 << 5;
            default -> 0;
        };
    }
}
