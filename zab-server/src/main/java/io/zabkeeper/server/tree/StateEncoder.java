package io.zabkeeper.server.tree;

import io.zabkeeper.server.session.Session;
import io.zabkeeper.wire.Acl;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of the state as bytes, the same in a checkpoint and in a snapshot to a peer. Each starts with the version of
 * its format; whoever keeps them adds the checksum.
 *
 * <p>All come in one buffer, one after the other: what a call returns is good until the next one. A checkpoint of a busy
 * member would otherwise leave as much garbage as it writes. For one thread.
 */
final class StateEncoder {
    static final byte FORMAT = 1;

    /** The length of data that is null. */
    static final int NULL = -1;

    private static final int NODE_SIZE = 1 + 7 * Long.BYTES + 6 * Integer.BYTES;
    private static final int SESSION_SIZE = 1 + 3 * Integer.BYTES + Long.BYTES;
    private static final int COUNTERS_SIZE = 1 + Long.BYTES + Integer.BYTES;

    private ByteBuffer record = ByteBuffer.allocate(1024);

    ByteBuffer encode(Znode node) {
        begin(NODE_SIZE + node.name.length + node.dataLength());
        record.putLong(node.parent);
        record.putLong(node.czxid);
        record.putLong(node.mzxid);
        record.putLong(node.pzxid);
        record.putLong(node.ctime);
        record.putLong(node.mtime);
        record.putLong(node.owner);
        record.putInt(node.version);
        record.putInt(node.createdChildren);
        record.putInt(node.aversion);
        record.putInt(node.acl);
        put(node.name);
        if (node.data == null) {
            record.putInt(NULL);
        } else {
            put(node.data);
        }
        return record.flip();
    }

    ByteBuffer encode(Session session) {
        byte[] hash = session.passwordHash().array();
        begin(SESSION_SIZE + hash.length);
        record.putInt(session.timeoutMs());
        record.putInt(session.owner());
        record.putLong(session.attachedZxid());
        put(hash);
        return record.flip();
    }

    ByteBuffer encode(List<Acl> acl) {
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
        begin(size);
        record.putInt(acl.size());
        for (int i = 0; i < acl.size(); i++) {
            record.putInt(acl.get(i).permissions());
            put(texts.get(2 * i));
            put(texts.get(2 * i + 1));
        }
        return record.flip();
    }

    ByteBuffer encode(Counters counters) {
        begin(COUNTERS_SIZE);
        record.putLong(counters.nextNodeId());
        record.putInt(counters.nextAclId());
        return record.flip();
    }

    private void begin(int size) {
        if (record.capacity() < size) {
            record = ByteBuffer.allocate(Math.max(size, 2 * record.capacity()));
        }
        record.clear().put(FORMAT);
    }

    private void put(byte[] bytes) {
        record.putInt(bytes.length).put(bytes);
    }
}
