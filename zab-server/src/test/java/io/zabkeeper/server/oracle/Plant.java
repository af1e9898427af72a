package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something small that is wrong in one place of what a server sent: one bit of a field, or one frame that is missing,
 * twice, or out of order.
 */
enum Plant {
    REPLY_XID(Aim.REPLY, 3, 0x01),
    REPLY_ERROR(Aim.REPLY, 15, 0x01),
    WRITE_ZXID(Aim.WRITE_REPLY, 11, 0x01),

    STAT_CZXID(Aim.STAT, 16 + 7, 0x01),
    STAT_MZXID(Aim.STAT, 16 + 8 + 7, 0x01),
    /** Some seventeen minutes. */
    STAT_CTIME(Aim.STAT, 16 + 16 + 5, 0x10),
    STAT_MTIME(Aim.STAT, 16 + 24 + 5, 0x10),
    STAT_VERSION(Aim.STAT, 16 + 32 + 3, 0x01),
    STAT_CVERSION(Aim.STAT, 16 + 36 + 3, 0x01),
    STAT_AVERSION(Aim.STAT, 16 + 40 + 3, 0x01),
    STAT_OWNER(Aim.STAT, 16 + 44 + 7, 0x01),
    STAT_DATA_LENGTH(Aim.STAT, 16 + 52 + 3, 0x01),
    STAT_CHILDREN(Aim.STAT, 16 + 56 + 3, 0x01),
    STAT_PZXID(Aim.STAT, 16 + 60 + 7, 0x01),

    CREATED_PATH(Aim.CREATED, -1, 0x01),
    SYNCED_PATH(Aim.SYNCED, -1, 0x01),
    CHILD_NAME(Aim.CHILDREN, -1, 0x01),
    EPHEMERAL_PATH(Aim.EPHEMERALS, -1, 0x01),
    /** Null becomes a length that is too long, or an empty value null. */
    DATA_LENGTH(Aim.DATA, 16, 0x80),
    DATA(Aim.DATA_PRESENT, 20, 0x01),
    ACL_PERMISSIONS(Aim.ACL, 23, 0x01),
    TOTAL(Aim.TOTAL, 19, 0x01),
    ADD_WATCH_BODY(Aim.ADDED_WATCH, 19, 0x01),
    MULTI_TYPE(Aim.MULTI, 19, 0x02),
    MULTI_DONE(Aim.MULTI, 20, 0x01),
    MULTI_ERROR(Aim.MULTI, 24, 0x01),
    MULTI_END(Aim.MULTI, -1, 0x01),

    EVENT_ZXID(Aim.EVENT, 11, 0x01),
    EVENT_TYPE(Aim.EVENT, 19, 0x01),
    EVENT_STATE(Aim.EVENT, 23, 0x01),
    EVENT_PATH(Aim.EVENT, -1, 0x01),

    SESSION_TIMEOUT(Aim.HANDSHAKE, 7, 0x01),
    SESSION_PASSWORD(Aim.AGAIN, 20, 0x01),

    REPLY_MISSING(Aim.REPLY) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            entries.remove(at);
            return true;
        }
    },
    EVENT_MISSING(Aim.EVENT) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            entries.remove(at);
            return true;
        }
    },
    EVENT_TWICE(Aim.EVENT) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            entries.add(at, entries.get(at));
            return true;
        }
    },
    EVENT_BEHIND_ITS_REPLY(Aim.EVENT) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            return swap(entries, at, false);
        }
    },
    EVENTS_SWAPPED(Aim.EVENT) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            return swap(entries, at, true);
        }
    },
    END_MISSING(Aim.END) {
        @Override
        boolean apply(List<Entry> entries, int at) {
            Entry end = entries.get(at);
            entries.set(at, new Entry(end.step(), end.session(), end.stale(), new What.Silent()));
            return true;
        }
    };

    /** Where it can be put. */
    enum Aim {
        REPLY,
        WRITE_REPLY,
        STAT,
        CREATED,
        SYNCED,
        CHILDREN,
        EPHEMERALS,
        DATA,
        DATA_PRESENT,
        ACL,
        TOTAL,
        ADDED_WATCH,
        MULTI,
        EVENT,
        HANDSHAKE,
        AGAIN,
        END
    }

    /** Writes whose reply shows their zxid a second time. */
    private static final Set<OpCode> WRITES = EnumSet.of(OpCode.CREATE2, OpCode.SET_DATA);

    private final Aim aim;
    private final int offset;
    private final int mask;

    Plant(Aim aim) {
        this(aim, 0, 0);
    }

    /** @param offset of the byte, −1 for the last one */
    Plant(Aim aim, int offset, int mask) {
        this.aim = aim;
        this.offset = offset;
        this.mask = mask;
    }

    /** The recording with this in one place; null when that place is not one for it. */
    @Nullable
    Recording in(Recording recording, int at, @Nullable Ask ask) {
        Entry entry = recording.entries().get(at);
        if (!isPlace(entry.what(), ask) || !isOfTheScript(recording, entry.what())) {
            return null;
        }
        List<Entry> entries = new ArrayList<>(recording.entries());
        return apply(entries, at) ? recording.with(entries) : null;
    }

    /** Of what is older than the script only the order is compared: other scripts did it. */
    private boolean isOfTheScript(Recording recording, What what) {
        int field = switch (this) {
            case STAT_CZXID, STAT_CTIME -> 0;
            case STAT_MZXID, STAT_MTIME -> 1;
            case STAT_PZXID -> 7;
            default -> -1;
        };
        if (field < 0 || !(what instanceof What.Came came)) {
            return true;
        }
        ByteBuffer stat = body(came.frame());
        long zxid = field == 7 ? stat.getLong(stat.limit() - Long.BYTES) : stat.getLong(field * Long.BYTES);
        return zxid >= recording.base() - 1;
    }

    boolean apply(List<Entry> entries, int at) {
        Entry entry = entries.get(at);
        What what = entry.what();
        if (what instanceof What.Answered answer) {
            what = new What.Answered(answer.isNew(), flipped(answer.payload()));
        } else if (what instanceof What.Came came) {
            what = new What.Came(new Received.Frame(flipped(came.frame().payload())));
        }
        entries.set(at, new Entry(entry.step(), entry.session(), entry.stale(), what));
        return true;
    }

    private Bytes flipped(Bytes payload) {
        byte[] bytes = payload.array().clone();
        bytes[offset < 0 ? bytes.length - 1 : offset] ^= (byte) mask;
        return Bytes.of(bytes);
    }

    /** Exchanges an event with its neighbour, another event or a reply, unless nobody could tell. */
    private static boolean swap(List<Entry> entries, int at, boolean withEvent) {
        if (at + 1 >= entries.size()) {
            return false;
        }
        Entry one = entries.get(at);
        Entry other = entries.get(at + 1);
        boolean isNeighbour = one.session() == other.session()
                && other.what() instanceof What.Came came
                && came.frame().isEvent() == withEvent;
        if (!isNeighbour || (withEvent && isInNoOrder(one, other))) {
            return false;
        }
        entries.set(at, other);
        entries.set(at + 1, one);
        return true;
    }

    private static boolean isInNoOrder(Entry one, Entry other) {
        Received.Frame first = ((What.Came) one.what()).frame();
        Received.Frame second = ((What.Came) other.what()).frame();
        // One end of a session, or the same event once more.
        return first.zxid() == second.zxid();
    }

    private boolean isPlace(What what, @Nullable Ask ask) {
        if (what instanceof What.Answered answer) {
            return aim == Aim.HANDSHAKE || (aim == Aim.AGAIN && !answer.isNew() && !isRefused(answer));
        }
        if (what instanceof What.Ended) {
            return aim == Aim.END;
        }
        return what instanceof What.Came came && isPlace(came.frame(), ask);
    }

    private static boolean isRefused(What.Answered answer) {
        return Handshake.Session.of(answer.payload().array()).isRefused();
    }

    private boolean isPlace(Received.Frame frame, @Nullable Ask ask) {
        if (frame.isEvent()) {
            return aim == Aim.EVENT && (this != EVENT_ZXID || frame.zxid() != -1);
        }
        if (aim == Aim.REPLY) {
            return true;
        }
        if (ask == null || frame.error() != 0) {
            return false;
        }
        OpCode op = OpCode.of(ask.code());
        int size = frame.payload().length();
        return switch (aim) {
            case WRITE_REPLY -> WRITES.contains(op);
            case STAT -> op == OpCode.EXISTS || op == OpCode.SET_DATA || op == OpCode.SET_ACL;
            case CREATED -> op == OpCode.CREATE;
            case SYNCED -> op == OpCode.SYNC && size > 20;
            case CHILDREN -> op == OpCode.GET_CHILDREN && size > 20;
            case EPHEMERALS -> op == OpCode.GET_EPHEMERALS && size > 20;
            case DATA -> op == OpCode.GET_DATA;
            case DATA_PRESENT -> op == OpCode.GET_DATA && body(frame).getInt() > 0;
            case ACL -> op == OpCode.GET_ACL;
            case TOTAL -> op == OpCode.GET_ALL_CHILDREN_NUMBER;
            case ADDED_WATCH -> op == OpCode.ADD_WATCH;
            case MULTI -> op == OpCode.MULTI || op == OpCode.MULTI_READ;
            default -> false;
        };
    }

    private static ByteBuffer body(Received.Frame frame) {
        return ByteBuffer.wrap(frame.body().rest());
    }
}
