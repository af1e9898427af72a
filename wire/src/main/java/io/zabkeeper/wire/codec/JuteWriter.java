package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.PackedNames;
import io.zabkeeper.wire.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what {@link JuteReader} reads, straight into the buffer. */
public final class JuteWriter {
    /** Bytes of a {@link Stat}. */
    public static final int STAT_SIZE = 6 * Long.BYTES + 5 * Integer.BYTES;

    private static final int NULL = -1;

    private final ByteBuf out;

    public JuteWriter(ByteBuf out) {
        this.out = out;
    }

    public JuteWriter writeInt(int value) {
        out.writeInt(value);
        return this;
    }

    public JuteWriter writeLong(long value) {
        out.writeLong(value);
        return this;
    }

    public JuteWriter writeByte(int value) {
        out.writeByte(value);
        return this;
    }

    public JuteWriter writeBoolean(boolean value) {
        out.writeByte(value ? 1 : 0);
        return this;
    }

    /** The length is counted first, so that neither an array nor room for the worst case is needed. */
    public JuteWriter writeString(@Nullable String text) {
        if (text == null) {
            return writeInt(NULL);
        }
        int length = ByteBufUtil.utf8Bytes(text);
        out.writeInt(length);
        if (length == text.length()) {
            ByteBufUtil.writeAscii(out, text);
        } else {
            ByteBufUtil.reserveAndWriteUtf8(out, text, length);
        }
        return this;
    }

    /** Writes strings that are encoded already in the same way. */
    public JuteWriter writeBuffer(@Nullable Bytes bytes) {
        if (bytes == null) {
            return writeInt(NULL);
        }
        out.writeInt(bytes.length());
        out.writeBytes(bytes.array());
        return this;
    }

    public JuteWriter writeStrings(List<String> strings) {
        out.writeInt(strings.size());
        for (String text : strings) {
            writeString(text);
        }
        return this;
    }

    public JuteWriter writeBuffers(List<Bytes> buffers) {
        out.writeInt(buffers.size());
        if (buffers instanceof PackedNames names) {
            out.writeBytes(names.packed());
            return this;
        }
        for (Bytes bytes : buffers) {
            writeBuffer(bytes);
        }
        return this;
    }

    public JuteWriter writeAcl(@Nullable List<Acl> acl) {
        if (acl == null) {
            return writeInt(NULL);
        }
        out.writeInt(acl.size());
        for (Acl entry : acl) {
            writeInt(entry.permissions());
            writeString(entry.id().scheme());
            writeString(entry.id().id());
        }
        return this;
    }

    public JuteWriter writeStat(Stat stat) {
        out.ensureWritable(STAT_SIZE);
        out.writeLong(stat.czxid());
        out.writeLong(stat.mzxid());
        out.writeLong(stat.ctime());
        out.writeLong(stat.mtime());
        out.writeInt(stat.version());
        out.writeInt(stat.cversion());
        out.writeInt(stat.aversion());
        out.writeLong(stat.ephemeralOwner());
        out.writeInt(stat.dataLength());
        out.writeInt(stat.numChildren());
        out.writeLong(stat.pzxid());
        return this;
    }
}
