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
 * The records of the state as bytes, the same in a checkpoint and in a snapshot to a peer. Each starts with the version of
 * its format; whoever keeps them adds the checksum.
 */
final class StateCodec {
    private static final byte FORMAT = 1;
    private static final int NULL = -1;
    private static final int NODE_SIZE = 1 + 7 * Long.BYTES + 6 * Integer.BYTES;
    private static final int SESSION_SIZE = 1 + 3 * Integer.BYTES + Long.BYTES;

    private StateCodec() {}

    static byte[] encode(Znode node) {
        byte[] record = new byte[NODE_SIZE + node.name.length + node.dataLength()];
        ByteBuffer out = ByteBuffer.wrap(record);
        out.put(FORMAT);
        out.putLong(node.parent);
        out.putLong(node.czxid);
        out.putLong(node.mzxid);
        out.putLong(node.pzxid);
        out.putLong(node.ctime);
        out.putLong(node.mtime);
        out.putLong(node.owner);
        out.putInt(node.version);
        out.putInt(node.createdChildren);
        out.putInt(node.aversion);
        out.putInt(node.acl);
        out.putInt(node.name.length);
        out.put(node.name);
        if (node.data == null) {
            out.putInt(NULL);
        } else {
            out.putInt(node.data.length);
            out.put(node.data);
        }
        return record;
    }

    /** Without children: they come later, because their ids are larger. */
    static Znode decodeNode(long id, byte[] record) {
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
            byte[] data = dataLength == NULL ? null : bytes(in, dataLength);
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
            throw truncated(record);
        }
    }

    static byte[] encode(Session session) {
        byte[] hash = session.passwordHash().array();
        byte[] record = new byte[SESSION_SIZE + hash.length];
        ByteBuffer.wrap(record)
                .put(FORMAT)
                .putInt(session.timeoutMs())
                .putInt(session.owner())
                .putLong(session.attachedZxid())
                .putInt(hash.length)
                .put(hash);
        return record;
    }

    static Session decodeSession(long id, byte[] record) {
        ByteBuffer in = open(record);
        try {
            int timeoutMs = in.getInt();
            int owner = in.getInt();
            long attachedZxid = in.getLong();
            byte[] hash = bytes(in, in.getInt());
            close(in);
            return new Session(id, timeoutMs, Bytes.of(hash), owner, attachedZxid);
        } catch (BufferUnderflowException e) {
            throw truncated(record);
        }
    }

    static byte[] encode(List<Acl> acl) {
        int size = 1 + Integer.BYTES;
        List<byte[]> texts = new ArrayList<>(2 * acl.size());
        for (Acl entry : acl) {
            texts.add(entry.id().scheme().getBytes(StandardCharsets.UTF_8));
            texts.add(entry.id().id().getBytes(StandardCharsets.UTF_8));
            size += Integer.BYTES;
        }
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(FORMAT).putInt(acl.size());
        for (int i = 0; i < acl.size(); i++) {
            out.putInt(acl.get(i).permissions());
            put(out, texts.get(2 * i));
            put(out, texts.get(2 * i + 1));
        }
        return out.array();
    }

    static List<Acl> decodeAcl(byte[] record) {
        ByteBuffer in = open(record);
        try {
            int count = in.getInt();
            if (count < 0 || count > in.remaining()) {
                throw truncated(record);
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
            throw truncated(record);
        }
    }

    static byte[] encode(Counters counters) {
        return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES)
                .put(FORMAT)
                .putLong(counters.nextNodeId())
                .putInt(counters.nextAclId())
                .array();
    }

    static Counters decodeCounters(byte[] record) {
        ByteBuffer in = open(record);
        try {
            Counters counters = new Counters(in.getLong(), in.getInt());
            close(in);
            return counters;
        } catch (BufferUnderflowException e) {
            throw truncated(record);
        }
    }

    private static ByteBuffer open(byte[] record) {
        if (record.length == 0 || record[0] != FORMAT) {
            throw new StateDamaged(
                    "a record of format " + (record.length == 0 ? "none" : record[0]) + " instead of " + FORMAT);
        }
        return ByteBuffer.wrap(record, 1, record.length - 1);
    }

    private static void close(ByteBuffer in) {
        if (in.hasRemaining()) {
            throw new StateDamaged("a record with " + in.remaining() + " bytes behind its end");
        }
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
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

    private static StateDamaged truncated(byte[] record) {
        return new StateDamaged("a record of " + record.length + " bytes that announces more");
    }
}
