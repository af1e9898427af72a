package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request without its xid: the number of the operation and the bytes of its record, whether they make sense or not.
 *
 * @param code number of the operation
 * @param body what follows the header
 */
public record Ask(int code, Bytes body) {
    public static Ask of(OpCode op, RecordWriter body) {
        return new Ask(op.code(), Bytes.of(body.bytes()));
    }

    /** A request without a record. */
    public static Ask of(OpCode op) {
        return of(op, new RecordWriter());
    }

    public static Ask create(
            OpCode op, @Nullable String path, byte @Nullable [] data, @Nullable List<Acl> acl, int flags) {
        return of(op, new RecordWriter().text(path).buffer(data).acls(acl).int32(flags));
    }

    /** For everybody, with the first form of reply. */
    public static Ask create(String path, byte @Nullable [] data, int flags) {
        return create(OpCode.CREATE, path, data, Acl.OPEN_UNSAFE, flags);
    }

    public static Ask createTtl(
            @Nullable String path, byte @Nullable [] data, @Nullable List<Acl> acl, int flags, long ttlMs) {
        return of(
                OpCode.CREATE_TTL,
                new RecordWriter()
                        .text(path)
                        .buffer(data)
                        .acls(acl)
                        .int32(flags)
                        .int64(ttlMs));
    }

    public static Ask delete(@Nullable String path, int version) {
        return of(OpCode.DELETE, new RecordWriter().text(path).int32(version));
    }

    public static Ask setData(@Nullable String path, byte @Nullable [] data, int version) {
        return of(OpCode.SET_DATA, new RecordWriter().text(path).buffer(data).int32(version));
    }

    public static Ask setAcl(@Nullable String path, @Nullable List<Acl> acl, int version) {
        return of(OpCode.SET_ACL, new RecordWriter().text(path).acls(acl).int32(version));
    }

    public static Ask check(@Nullable String path, int version) {
        return of(OpCode.CHECK, new RecordWriter().text(path).int32(version));
    }

    /** {@code exists}, {@code getData}, {@code getChildren}, {@code getChildren2}: a path, and whether to watch it. */
    public static Ask read(OpCode op, @Nullable String path, boolean watch) {
        return of(op, new RecordWriter().text(path).bool(watch));
    }

    public static Ask exists(@Nullable String path, boolean watch) {
        return read(OpCode.EXISTS, path, watch);
    }

    public static Ask getData(@Nullable String path, boolean watch) {
        return read(OpCode.GET_DATA, path, watch);
    }

    public static Ask getChildren(@Nullable String path, boolean watch) {
        return read(OpCode.GET_CHILDREN, path, watch);
    }

    /** {@code getACL}, {@code sync}, {@code getEphemerals}, {@code getAllChildrenNumber}: a path alone. */
    public static Ask path(OpCode op, @Nullable String path) {
        return of(op, new RecordWriter().text(path));
    }

    /** {@code addWatch}, {@code checkWatches}, {@code removeWatches}: a path and a kind. */
    public static Ask watch(OpCode op, @Nullable String path, int kind) {
        return of(op, new RecordWriter().text(path).int32(kind));
    }

    /** {@code setWatches} with three lists, {@code setWatches2} with five. */
    public static Ask setWatches(OpCode op, long relativeZxid, List<@Nullable List<String>> lists) {
        RecordWriter body = new RecordWriter().int64(relativeZxid);
        lists.forEach(body::texts);
        return of(op, body);
    }

    public static Ask auth(@Nullable String scheme, byte @Nullable [] credentials) {
        return of(OpCode.AUTH, new RecordWriter().int32(0).text(scheme).buffer(credentials));
    }

    /** {@code multi} or {@code multiRead} of these, with its end mark. */
    public static Ask multi(OpCode op, List<Ask> parts) {
        RecordWriter body = new RecordWriter();
        for (Ask part : parts) {
            body.int32(part.code).bool(false).int32(-1).raw(part.body.array());
        }
        return of(op, body.int32(-1).bool(true).int32(-1));
    }

    /** Whether its first field is null, as a path that is missing. */
    boolean startsWithNull() {
        return body.length() >= Integer.BYTES && new RecordReader(body.array()).int32() == -1;
    }

    /** The payload of its frame. */
    public byte[] payload(int xid) {
        return new RecordWriter().int32(xid).int32(code).raw(body.array()).bytes();
    }
}
