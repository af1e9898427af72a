package io.zabkeeper.server.tree;

import io.zabkeeper.server.session.Session;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes what it was of a record that {@link StateEncoder} made. Reads from a buffer's position to its limit and keeps
 * nothing of it; throws {@link StateDamaged} for what no encoder makes, before anything is allocated for a length that
 * is not there.
 */
final class StateDecoder {
    private StateDecoder() {}

    /** Without children: they come later, because their ids are larger. */
    static Znode node(long id, ByteBuffer record) {
        int size = record.remaining();
        ByteBuffer in = open(record);
        try {
            long parent = in.getLong();
            long czxid = in.getLong();
            long mzxid = in.getLong();
            long pzxid = in.getLong();
            long ctime = in.getLong();
            long mtime = in.getLong();
            long owner = in.getLong();
            int version = in.getInt();
            int createdChildren = in.getInt();
            int aversion = in.getInt();
            int acl = in.getInt();
            byte[] name = bytes(in, in.getInt());
            int dataLength = in.getInt();
            byte[] data = dataLength == StateEncoder.NULL ? null : bytes(in, dataLength);
            close(in);
            return new Znode(
                    id,
                    parent,
                    czxid,
                    mzxid,
                    pzxid,
                    ctime,
                    mtime,
                    owner,
                    version,
                    createdChildren,
                    aversion,
                    acl,
                    name,
                    data,
                    null);
        } catch (BufferUnderflowException e) {
            throw truncated(size);
        }
    }

    static Session session(long id, ByteBuffer record) {
        int size = record.remaining();
        ByteBuffer in = open(record);
        try {
            int timeoutMs = in.getInt();
            int owner = in.getInt();
            long attachedZxid = in.getLong();
            byte[] hash = bytes(in, in.getInt());
            close(in);
            return new Session(id, timeoutMs, Bytes.of(hash), owner, attachedZxid);
        } catch (BufferUnderflowException e) {
            throw truncated(size);
        }
    }

    static List<Acl> acl(ByteBuffer record) {
        int size = record.remaining();
        ByteBuffer in = open(record);
        try {
            int count = in.getInt();
            if (count < 0 || count > in.remaining()) {
                throw truncated(size);
            }
            List<Acl> acl = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int permissions = in.getInt();
                String scheme = text(in);
                acl.add(new Acl(permissions, new AuthId(scheme, text(in))));
            }
            close(in);
            return List.copyOf(acl);
        } catch (BufferUnderflowException e) {
            throw truncated(size);
        }
    }

    static Counters counters(ByteBuffer record) {
        int size = record.remaining();
        ByteBuffer in = open(record);
        try {
            Counters counters = new Counters(in.getLong(), in.getInt());
            close(in);
            return counters;
        } catch (BufferUnderflowException e) {
            throw truncated(size);
        }
    }

    private static ByteBuffer open(ByteBuffer record) {
        if (!record.hasRemaining()) {
            throw new StateDamaged("a record without a format");
        }
        byte format = record.get();
        if (format != StateEncoder.FORMAT) {
            throw new StateDamaged("a record of format " + format + " instead of " + StateEncoder.FORMAT);
        }
        return record;
    }

    private static void close(ByteBuffer in) {
        if (in.hasRemaining()) {
            throw new StateDamaged("a record with " + in.remaining() + " bytes behind its end");
        }
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, in.getInt()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static StateDamaged truncated(int size) {
        return new StateDamaged("a record of " + size + " bytes that announces more");
    }
}
