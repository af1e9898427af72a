package io.zabkeeper.server.tree;

import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * multi: each operation is executed on what the ones before it have left, and all is undone when one fails. Nothing of a
 * failed multi remains, neither an event nor a sequence number, but its zxid is used (client protocol §2.3).
 */
final class MultiOp {
    private MultiOp() {}

    static Outcome execute(Write write, Multi multi) {
        List<Request> operations = multi.operations();
        if (operations.size() > write.settings.agreed().multiOperations()) {
            return Outcome.failed(ErrorCode.BAD_ARGUMENTS);
        }
        for (Request operation : operations) {
            if (!isAllowed(operation)) {
                return Outcome.failed(ErrorCode.MARSHALLING_ERROR);
            }
        }

        write.enterMulti();
        List<Result> results = new ArrayList<>(operations.size());
        for (Request asked : operations) {
            Request operation = ofItsMode(asked);
            Outcome outcome = operation.deliverTo(write);
            Reply reply = outcome.reply();
            if (reply == null) {
                write.rollBackMulti();
                return Outcome.done(failed(operations.size(), results.size(), outcome.error()));
            }
            OpCode op = reply instanceof Create2Reply ? OpCode.CREATE2 : operation.op();
            results.add(new Result.Done(op, reply));
        }
        write.commitMulti();
        return Outcome.done(new MultiReply(results));
    }

    /** Inside a multi, createTTL with a mode that has no time to live, or with none at all, is an ordinary create. */
    private static Request ofItsMode(Request operation) {
        if (!(operation instanceof Create create) || create.op() != OpCode.CREATE_TTL) {
            return operation;
        }
        CreateMode mode = CreateMode.of(create.flags());
        return mode != null && mode.hasTtl()
                ? create
                : new Create(OpCode.CREATE, create.path(), create.data(), create.acl(), create.flags(), Create.NO_TTL);
    }

    private static boolean isAllowed(Request operation) {
        return switch (operation.op()) {
            case CREATE,
                    CREATE2,
                    CREATE_CONTAINER,
                    CREATE_TTL,
                    CREATE_IF_NOT_EXISTS,
                    DELETE,
                    SET_DATA,
                    CHECK,
                    CHECK_NOT_EXISTS,
                    REMOVE_RECURSIVE -> true;
            default -> false;
        };
    }

    private static MultiReply failed(int count, int failing, ErrorCode error) {
        List<Result> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ErrorCode one = i < failing ? ErrorCode.OK : ErrorCode.RUNTIME_INCONSISTENCY;
            results.add(new Result.Failed(i == failing ? error : one));
        }
        return new MultiReply(results);
    }
}
