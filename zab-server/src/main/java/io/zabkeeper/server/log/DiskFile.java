package io.zabkeeper.server.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Not for use by two threads at once. */
public interface DiskFile extends Closeable {
    /** Writes all that remains in the buffer. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Reads until the buffer is full or the file ends, and returns how many bytes that was. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Returns once everything written so far is durable. An error is final: what was written is lost. */
    void sync() throws IOException;

    long sizeBytes() throws IOException;
}
