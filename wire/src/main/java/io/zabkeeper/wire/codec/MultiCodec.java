package io.zabkeeper.wire.codec;

import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;

/** multi and multiRead, the requests that are made of others (client protocol §2.3, §2.4). */
final class MultiCodec {
    private MultiCodec() {}

    static Multi read(JuteReader in, Extensions extensions) {
        List<Request> operations = new ArrayList<>();
        for (MultiHeader header = MultiHeader.read(in); !header.isEnd(); header = MultiHeader.read(in)) {
            operations.add(readOperation(header.type(), in, extensions));
        }
        return new Multi(operations);
    }

    static JuteWriter write(Multi multi, JuteWriter out) {
        RequestCodec.Body body = new RequestCodec.Body(out);
        for (Request operation : multi.operations()) {
            if (!mayBeInMulti(operation.op())) {
                throw new IllegalArgumentException("not for a multi: " + operation.op());
            }
            new MultiHeader(operation.op().code(), false, MultiHeader.NO_ERROR).write(out);
            operation.deliverTo(body);
        }
        MultiHeader.END.write(out);
        return out;
    }

    private static Request readOperation(int type, JuteReader in, Extensions extensions) {
        OpCode op = OpCode.of(type);
        if (!extensions.allow(op)) {
            throw new MalformedFrameException("operation " + type + " inside a multi");
        }
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_IF_NOT_EXISTS ->
                requireModeAndAcl(RequestCodec.readCreate(op, in));
            case CREATE_TTL -> RequestCodec.readCreate(op, in); // Looked at when it is carried out.
            case DELETE -> RequestCodec.readDelete(in);
            case SET_DATA -> RequestCodec.readSetData(in.readString(), in);
            case CHECK -> RequestCodec.readCheck(in);
            case CHECK_NOT_EXISTS -> ExtensionCodec.readCheckNotExists(in);
            case REMOVE_RECURSIVE -> ExtensionCodec.readRemoveRecursive(in);
            default -> throw new MalformedFrameException("operation " + type + " inside a multi");
        };
    }

    private static boolean mayBeInMulti(OpCode op) {
        return switch (op) {
            case CREATE,
                    CREATE2,
                    CREATE_CONTAINER,
                    CREATE_TTL,
                    CREATE_IF_NOT_EXISTS,
                    DELETE,
                    REMOVE_RECURSIVE,
                    SET_DATA,
                    CHECK,
                    CHECK_NOT_EXISTS -> true;
            default -> false;
        };
    }

    /** Outside a multi a wrong mode or no ACL is a bad argument of one create; inside it spoils the whole request. */
    private static Create requireModeAndAcl(Create create) {
        CreateMode mode = CreateMode.of(create.flags());
        if (mode == null || mode.hasTtl()) {
            throw new MalformedFrameException("flags " + create.flags() + " in a " + create.op() + " inside a multi");
        }
        if (create.acl() == null) {
            throw new MalformedFrameException("no ACL in a " + create.op() + " inside a multi");
        }
        return create;
    }

    static MultiRead readReads(JuteReader in) {
        List<Request> operations = new ArrayList<>();
        for (MultiHeader header = MultiHeader.read(in); !header.isEnd(); header = MultiHeader.read(in)) {
            operations.add(readRead(header.type(), in));
        }
        return new MultiRead(operations);
    }

    private static Request readRead(int type, JuteReader in) {
        return switch (OpCode.of(type)) {
            case GET_DATA -> RequestCodec.readGetData(in);
            case GET_CHILDREN -> RequestCodec.readGetChildren(OpCode.GET_CHILDREN, in);
            default -> throw new MalformedFrameException("operation " + type + " inside a multiRead");
        };
    }

    static JuteWriter writeReads(MultiRead multiRead, JuteWriter out) {
        RequestCodec.Body body = new RequestCodec.Body(out);
        for (Request operation : multiRead.operations()) {
            OpCode op = operation.op();
            if (op != OpCode.GET_DATA && op != OpCode.GET_CHILDREN) {
                throw new IllegalArgumentException("not for a multiRead: " + op);
            }
            new MultiHeader(op.code(), false, MultiHeader.NO_ERROR).write(out);
            operation.deliverTo(body);
        }
        MultiHeader.END.write(out);
        return out;
    }
}
