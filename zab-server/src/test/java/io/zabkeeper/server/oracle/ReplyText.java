package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every field of every reply, in words; what is in no order by contract is sorted. */
final class ReplyText {
    private final Names names;

    ReplyText(Names names) {
        this.names = names;
    }

    String event(Received.Frame frame) {
        RecordReader in = frame.body();
        return guarded(
                frame,
                () -> "type " + in.int32() + " state " + in.int32() + " path " + Text.of(in.text()) + " zxid "
                        + names.zxid(frame.zxid()) + " err " + frame.error() + rest(in));
    }

    String body(Ask ask, Received.Frame frame) {
        RecordReader in = frame.body();
        if (frame.error() != 0) {
            return "nothing" + rest(in);
        }
        return guarded(frame, () -> success(OpCode.of(ask.code()), in) + rest(in));
    }

    private static String guarded(Received.Frame frame, java.util.function.Supplier<String> text) {
        try {
            return text.get();
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            return "undecodable " + frame;
        }
    }

    private static String rest(RecordReader in) {
        byte[] rest = in.rest();
        return rest.length == 0 ? "" : " and " + Text.hex(rest);
    }

    private String success(OpCode op, RecordReader in) {
        return switch (op) {
            case CREATE, SYNC -> path(in);
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> path(in) + " " + stat(in);
            case EXISTS, SET_DATA, SET_ACL -> stat(in);
            case GET_DATA, RECONFIG -> data(in) + " " + stat(in);
            case GET_ACL -> acl(in.acls()) + " " + stat(in);
            case GET_CHILDREN, GET_EPHEMERALS -> paths(in.texts());
            case GET_CHILDREN2 -> paths(in.texts()) + " " + stat(in);
            case GET_ALL_CHILDREN_NUMBER, ADD_WATCH -> "number " + in.int32();
            case WHO_AM_I -> whoAmI(in);
            case MULTI, MULTI_READ -> results(in);
            default -> "nothing";
        };
    }

    private static String path(RecordReader in) {
        return "path " + Text.of(in.text());
    }

    private static String data(RecordReader in) {
        return "data " + Text.of(in.buffer());
    }

    private static String paths(@Nullable List<@Nullable String> paths) {
        if (paths == null) {
            return "no list";
        }
        return "of " + paths.size() + " "
                + paths.stream().map(Text::of).sorted().toList();
    }

    private static String whoAmI(RecordReader in) {
        int count = in.int32();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(Text.of(in.text()) + ":" + Text.of(in.text()));
        }
        ids.sort(Comparator.naturalOrder());
        return "ids " + ids;
    }

    /** The entries that one {@code auth} entry became are in no order: the reference keeps identities in a hash set. */
    private static String acl(@Nullable List<Acl> acl) {
        if (acl == null) {
            return "no list";
        }
        List<Acl> sorted = new ArrayList<>(acl);
        for (int from = 0; from < sorted.size(); ) {
            int to = from + 1;
            while (to < sorted.size() && isSameKind(sorted.get(from), sorted.get(to))) {
                to++;
            }
            sorted.subList(from, to)
                    .sort(Comparator.comparing(entry -> entry.id().id()));
            from = to;
        }
        return "acl "
                + sorted.stream()
                        .map(entry ->
                                entry.permissions() + ":" + Text.of(entry.id().toString()))
                        .toList();
    }

    private static boolean isSameKind(Acl one, Acl other) {
        return one.permissions() == other.permissions()
                && one.id().scheme().equals("digest")
                && other.id().scheme().equals("digest");
    }

    private String stat(RecordReader in) {
        Stat stat = in.stat();
        return "stat cz " + names.zxid(stat.czxid()) + " mz " + names.zxid(stat.mzxid()) + " pz "
                + names.zxid(stat.pzxid()) + " ct " + names.time(stat.czxid(), stat.ctime()) + " mt "
                + names.time(stat.mzxid(), stat.mtime()) + " v " + stat.version() + " cv " + stat.cversion() + " av "
                + stat.aversion() + " owner " + names.session(stat.ephemeralOwner()) + " length "
                + stat.dataLength() + " children " + stat.numChildren();
    }

    private String results(RecordReader in) {
        StringBuilder text = new StringBuilder("results");
        while (true) {
            int type = in.int32();
            byte done = in.int8();
            int error = in.int32();
            text.append(" (").append(type).append(' ').append(done).append(' ').append(error);
            if (done != 0) {
                return text.append(')').toString();
            }
            text.append(' ').append(result(type, in)).append(')');
        }
    }

    private String result(int type, RecordReader in) {
        return switch (type) {
            case -1 -> "error " + in.int32();
            case 1 -> path(in);
            case 15 -> path(in) + " " + stat(in);
            case 5 -> stat(in);
            case 4 -> data(in) + " " + stat(in);
            case 8 -> paths(in.texts());
            default -> "nothing";
        };
    }
}
