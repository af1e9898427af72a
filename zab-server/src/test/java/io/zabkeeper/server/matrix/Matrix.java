package io.zabkeeper.server.matrix;

import static io.zabkeeper.server.matrix.Answer.DISABLED;
import static io.zabkeeper.server.matrix.Answer.DONE;
import static io.zabkeeper.server.matrix.Answer.GUARDED;
import static io.zabkeeper.server.matrix.Answer.GUARDED_INSIDE;
import static io.zabkeeper.server.matrix.Answer.LAST;
import static io.zabkeeper.server.matrix.Answer.NO_WATCHER;
import static io.zabkeeper.server.matrix.Answer.REFUSED;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.RecordWriter;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.OpCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The one table from which every verdict follows (client protocol §2, §3.3, §7.1). */
final class Matrix {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BOB = "bob:pw".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private Matrix() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(writes());
        rows.addAll(reads());
        rows.addAll(watches());
        rows.addAll(connections());
        rows.addAll(notForClients());
        rows.addAll(extensions());
        return rows;
    }

    private static List<Row> writes() {
        return List.of(
                creating(OpCode.CREATE, 0),
                creating(OpCode.CREATE2, 0),
                creating(OpCode.CREATE_CONTAINER, 4),
                Row.of(
                                OpCode.CREATE_TTL,
                                GUARDED,
                                path -> Ask.createTtl(path + "/new", DATA, Acl.OPEN_UNSAFE, 5, 60_000))
                        .inMulti(GUARDED_INSIDE),
                Row.of(OpCode.DELETE, GUARDED, path -> Ask.delete(path + "/child", -1))
                        .inMulti(GUARDED_INSIDE),
                Row.of(OpCode.SET_DATA, GUARDED, path -> Ask.setData(path, DATA, -1))
                        .inMulti(GUARDED_INSIDE),
                Row.of(OpCode.SET_ACL, GUARDED, path -> Ask.setAcl(path, Acl.OPEN_UNSAFE, -1)),
                Row.of(OpCode.MULTI, GUARDED_INSIDE, path -> Ask.multi(OpCode.MULTI, List.of(Ask.check(path, -1)))),
                Row.of(
                        OpCode.RECONFIG,
                        DISABLED,
                        path -> Ask.of(
                                OpCode.RECONFIG,
                                new RecordWriter()
                                        .text(null)
                                        .text("1")
                                        .text(null)
                                        .int64(-1))));
    }

    private static Row creating(OpCode op, int flags) {
        return Row.of(op, GUARDED, path -> Ask.create(op, path + "/new", DATA, Acl.OPEN_UNSAFE, flags))
                .inMulti(GUARDED_INSIDE);
    }

    private static List<Row> reads() {
        return List.of(
                Row.of(OpCode.EXISTS, GUARDED, path -> Ask.exists(path, true)),
                Row.of(OpCode.GET_DATA, GUARDED, path -> Ask.getData(path, true))
                        .inMultiRead(GUARDED_INSIDE),
                Row.of(OpCode.GET_ACL, GUARDED, path -> Ask.path(OpCode.GET_ACL, path)),
                Row.of(OpCode.GET_CHILDREN, GUARDED, path -> Ask.getChildren(path, true))
                        .inMultiRead(GUARDED_INSIDE),
                Row.of(OpCode.GET_CHILDREN2, GUARDED, path -> Ask.read(OpCode.GET_CHILDREN2, path, true)),
                Row.of(OpCode.GET_ALL_CHILDREN_NUMBER, GUARDED, path -> Ask.path(OpCode.GET_ALL_CHILDREN_NUMBER, path)),
                Row.of(
                        OpCode.MULTI_READ,
                        GUARDED_INSIDE,
                        path -> Ask.multi(OpCode.MULTI_READ, List.of(Ask.getData(path, false)))),
                Row.of(OpCode.SYNC, DONE, path -> Ask.path(OpCode.SYNC, path)));
    }

    private static List<Row> watches() {
        return List.of(
                Row.of(OpCode.ADD_WATCH, DONE, path -> Ask.watch(OpCode.ADD_WATCH, path, 0)),
                Row.of(OpCode.CHECK_WATCHES, DONE, path -> Ask.watch(OpCode.CHECK_WATCHES, path, 4))
                        .behind(path -> Ask.watch(OpCode.ADD_WATCH, path, 0), NO_WATCHER),
                Row.of(OpCode.REMOVE_WATCHES, DONE, path -> Ask.watch(OpCode.REMOVE_WATCHES, path, 3))
                        .behind(path -> Ask.watch(OpCode.ADD_WATCH, path, 1), NO_WATCHER),
                settingWatches(OpCode.SET_WATCHES, 3),
                settingWatches(OpCode.SET_WATCHES2, 5));
    }

    private static Row settingWatches(OpCode op, int lists) {
        return Row.of(op, DONE, path -> Ask.setWatches(op, 0, Collections.nCopies(lists, List.of(path))));
    }

    private static List<Row> connections() {
        return List.of(
                Row.of(OpCode.PING, DONE, path -> Ask.of(OpCode.PING)),
                Row.of(OpCode.AUTH, DONE, path -> Ask.auth("digest", BOB)),
                Row.of(OpCode.SASL, DONE, path -> Ask.of(OpCode.SASL, new RecordWriter().buffer(NOTHING))),
                Row.of(OpCode.GET_EPHEMERALS, DONE, path -> Ask.path(OpCode.GET_EPHEMERALS, path)),
                Row.of(OpCode.WHO_AM_I, DONE, path -> Ask.of(OpCode.WHO_AM_I)),
                Row.of(OpCode.CLOSE_SESSION, LAST, path -> Ask.of(OpCode.CLOSE_SESSION)));
    }

    /** What is internal, or never a request by itself. */
    private static List<Row> notForClients() {
        return List.of(
                Row.of(OpCode.CHECK, REFUSED, path -> Ask.check(path, -1)).inMulti(GUARDED_INSIDE),
                Row.of(OpCode.NOTIFICATION, REFUSED, path -> Ask.path(OpCode.NOTIFICATION, path)),
                Row.of(OpCode.ERROR, REFUSED, path -> Ask.of(OpCode.ERROR, new RecordWriter().int32(0))),
                Row.of(OpCode.DELETE_CONTAINER, REFUSED, path -> Ask.path(OpCode.DELETE_CONTAINER, path + "/child"))
                        .unlikeReference(),
                Row.of(
                                OpCode.CREATE_SESSION,
                                REFUSED,
                                path -> Ask.of(OpCode.CREATE_SESSION, new RecordWriter().int32(30_000)))
                        .unlikeReference(),
                Row.of(999),
                Row.of(10),
                Row.of(23),
                Row.of(Integer.MIN_VALUE));
    }

    /** Each twice: to a connection that has not agreed on extensions they are unknown numbers. */
    private static List<Row> extensions() {
        List<Row> agreed = List.of(
                Row.of(OpCode.FILTERED_LIST, GUARDED, path -> listing(OpCode.FILTERED_LIST, path, 1)),
                Row.of(OpCode.DETAILED_LIST, GUARDED, path -> listing(OpCode.DETAILED_LIST, path, 0, 1, 1)),
                Row.of(
                        OpCode.LIST_PAGE,
                        GUARDED,
                        path -> Ask.of(
                                OpCode.LIST_PAGE,
                                new RecordWriter().text(path).int32(10).buffer(null))),
                Row.of(OpCode.CHECK_NOT_EXISTS, REFUSED, path -> Ask.watch(OpCode.CHECK_NOT_EXISTS, path, 77))
                        .inMulti(GUARDED_INSIDE),
                creating(OpCode.CREATE_IF_NOT_EXISTS, 0),
                Row.of(OpCode.REMOVE_RECURSIVE, GUARDED, path -> Ask.watch(OpCode.REMOVE_RECURSIVE, path + "/child", 9))
                        .inMulti(GUARDED_INSIDE));
        List<Row> rows = new ArrayList<>();
        for (Row row : agreed) {
            rows.add(row.agreed());
            rows.add(Row.of(row.code()));
        }
        return rows;
    }

    private static Ask listing(OpCode op, String path, int... more) {
        RecordWriter body = new RecordWriter().text(path).bool(false);
        for (int one : more) {
            body.raw((byte) one);
        }
        return Ask.of(op, body);
    }
}
