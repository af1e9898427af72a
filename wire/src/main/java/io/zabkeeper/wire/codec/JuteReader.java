package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protocol's primitive encodings and the records that requests and replies share.
 *
 * <p>Moves the buffer's reader index. Announced lengths are believed only as far as there are bytes, so a frame can make
 * it allocate no more than a small multiple of the frame's own size.
 */
public final class JuteReader {
    private static final int NULL = -1;
    private static final byte[] NO_BYTES = new byte[0];

    /** Two lengths and the permissions. */
    private static final int SMALLEST_ACL = 3 * Integer.BYTES;

    private static final int SMALLEST_STRING = Integer.BYTES;

    private final ByteBuf in;

    public JuteReader(ByteBuf in) {
        this.in = in;
    }

    public int readInt() {
        require(Integer.BYTES);
        return in.readInt();
    }

    public long readLong() {
        require(Long.BYTES);
        return in.readLong();
    }

    public int readByte() {
        require(1);
        return in.readByte();
    }

    /** Any byte but 0 is true. */
    public boolean readBoolean() {
        require(1);
        return in.readByte() != 0;
    }

    public boolean hasMore() {
        return in.isReadable();
    }

    /** Malformed UTF-8 becomes the replacement character. */
    public @Nullable String readNullableString() {
        int length = readLength(1);
        if (length == NULL) {
            return null;
        }
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length);
        return text;
    }

    public String readString() {
        String text = readNullableString();
        if (text == null) {
            throw new MalformedFrameException("null where a string must be");
        }
        return text;
    }

    /** Copies the bytes once, out of the frame. */
    public @Nullable Bytes readNullableBuffer() {
        int length = readLength(1);
        if (length == NULL) {
            return null;
        }
        byte[] copy = length == 0 ? NO_BYTES : new byte[length];
        in.readBytes(copy);
        return Bytes.of(copy);
    }

    /** Null counts as empty. */
    public Bytes readBuffer() {
        Bytes bytes = readNullableBuffer();
        return bytes == null ? Bytes.EMPTY : bytes;
    }

    public List<String> readStrings() {
        int count = readCount(SMALLEST_STRING);
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(readString());
        }
        return strings;
    }

    /** Strings that are not decoded yet. */
    public List<Bytes> readStringsAsBytes() {
        int count = readCount(SMALLEST_STRING);
        List<Bytes> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(readBuffer());
        }
        return strings;
    }

    /** A null scheme or id reads as an empty one: no server grants an ACL with either. */
    public @Nullable List<Acl> readNullableAcl() {
        int count = readLength(SMALLEST_ACL);
        if (count == NULL) {
            return null;
        }
        List<Acl> acl = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int permissions = readInt();
            String scheme = readNullableString();
            String id = readNullableString();
            acl.add(new Acl(permissions, new AuthId(scheme == null ? "" : scheme, id == null ? "" : id)));
        }
        return acl;
    }

    public List<Acl> readAcl() {
        List<Acl> acl = readNullableAcl();
        return acl == null ? List.of() : acl;
    }

    /** Components are evaluated from left to right, which is their order on the wire. */
    public Stat readStat() {
        require(JuteWriter.STAT_SIZE);
        return new Stat(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }

    /**
     * The number of elements of a vector.
     *
     * @param smallestElement bytes that each of them takes at least
     */
    int readCount(int smallestElement) {
        int count = readLength(smallestElement);
        if (count == NULL) {
            throw new MalformedFrameException("null where a vector must be");
        }
        return count;
    }

    /** A length or a count, {@link #NULL} or as many elements as the rest of the frame can hold. */
    private int readLength(int smallestElement) {
        int length = readInt();
        if (length < NULL || (long) length * smallestElement > in.readableBytes()) {
            throw new MalformedFrameException(
                    "a length of " + length + " in front of " + in.readableBytes() + " bytes");
        }
        return length;
    }

    private void require(int sizeBytes) {
        if (in.readableBytes() < sizeBytes) {
            throw new MalformedFrameException(
                    sizeBytes + " bytes needed, " + in.readableBytes() + " are left of the frame");
        }
    }
}
