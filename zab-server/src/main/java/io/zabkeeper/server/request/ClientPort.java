package io.zabkeeper.server.request;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its session sees it. Everything written goes out in the order of the calls, flushed at the end of the
 * turn. Called on the replica loop only.
 */
public interface ClientPort {
    void connected(ConnectReply reply);

    /** Returns the bytes of the frame, without its length. */
    int reply(int xid, long zxid, ErrorCode error, @Nullable Reply body);

    /** Returns the bytes of the frame, without its length. */
    int event(long zxid, WatchEvent event);

    /** Frames that came behind the handshake may be handled now. */
    void resume();

    /** What was written still goes out, nothing that comes in is looked at any more. */
    void closeAfterFlush();

    /** At once, without another byte. */
    void close();

    /** The client's address as a literal, without a port. */
    String peerAddress();

    /** Address and port, for operators. */
    String peerName();

    /** What is waited for, in the bits of {@code cons}: 1 to read, 4 to write. */
    int interest();
}
