package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Stat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a record apart, field by field; {@link java.nio.BufferUnderflowException} when it is shorter than it should be. */
public final class RecordReader {
    private final ByteBuffer in;

    public RecordReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    public int int32() {
        return in.getInt();
    }

    public long int64() {
        return in.getLong();
    }

    public byte int8() {
        return in.get();
    }

    /** Null for a length of −1. */
    public byte @Nullable [] buffer() {
        int length = in.getInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length of " + length + " with " + in.remaining() + " bytes left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    public @Nullable String text() {
        byte[] bytes = buffer();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private String presentText() {
        String text = text();
        if (text == null) {
            throw new IllegalArgumentException("null where a text is due");
        }
        return text;
    }

    /** Null for a count of −1. */
    public @Nullable List<@Nullable String> texts() {
        int count = in.getInt();
        if (count == -1) {
            return null;
        }
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    public @Nullable List<Acl> acls() {
        int count = in.getInt();
        if (count == -1) {
            return null;
        }
        List<Acl> acls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            acls.add(new Acl(int32(), new AuthId(presentText(), presentText())));
        }
        return acls;
    }

    public Stat stat() {
        return new Stat(
                int64(), int64(), int64(), int64(), int32(), int32(), int32(), int64(), int32(), int32(), int64());
    }

    public int remaining() {
        return in.remaining();
    }

    /** What is left. */
    public byte[] rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
