package io.zabkeeper.server.oracle;

import io.zabkeeper.wire.Acl;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a record, one behind the other, as the protocol encodes them; written down a second time on purpose. */
public final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public RecordWriter int32(int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    public RecordWriter int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    public RecordWriter bool(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    public RecordWriter text(@Nullable String value) {
        return buffer(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public RecordWriter buffer(byte @Nullable [] value) {
        if (value == null) {
            return int32(-1);
        }
        return int32(value.length).raw(value);
    }

    public RecordWriter texts(@Nullable List<String> values) {
        if (values == null) {
            return int32(-1);
        }
        int32(values.size());
        values.forEach(this::text);
        return this;
    }

    public RecordWriter acls(@Nullable List<Acl> values) {
        if (values == null) {
            return int32(-1);
        }
        int32(values.size());
        values.forEach(acl ->
                int32(acl.permissions()).text(acl.id().scheme()).text(acl.id().id()));
        return this;
    }

    /** Bytes as they are. */
    public RecordWriter raw(byte... bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
