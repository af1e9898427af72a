package io.zabkeeper.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client is still to read what was written (client protocol §1.6, gotcha 4).
 *
 * <p>A socket that is closed with unread bytes is reset, and the reset takes back what the client has not read yet. So our
 * half ends first, when everything is out; what the client still sends is read and dropped; the socket goes when the
 * client has ended its half too, or took too long.
 *
 * <p>Belongs to the channel's event loop; {@link #begin} may be called from any thread.
 */
final class Farewell {
    /** For a client that neither reads nor goes. */
    private static final int LONGEST_MS = 3_000;

    private final Channel channel;
    private boolean isAwaited;
    private boolean begun;
    private boolean ourHalfEnded;
    private boolean theirHalfEnded;

    Farewell(Channel channel) {
        this.channel = channel;
    }

    /** There is an answer on its way, which a client that ends its half waits for. */
    void await() {
        isAwaited = true;
    }

    /** Nothing will be written any more. */
    void begin() {
        channel.eventLoop().execute(this::endOurHalf);
    }

    private void endOurHalf() {
        if (begun) {
            return;
        }
        begun = true;
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), LONGEST_MS, TimeUnit.MILLISECONDS);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            ourHalfEnded = true;
            if (written.isSuccess() && !theirHalfEnded && channel instanceof SocketChannel socket) {
                socket.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    /**
     * The client has ended its half of the connection.
     *
     * @return whether that is all there was to wait for; otherwise the socket goes when our half has ended
     */
    boolean theirHalfEnded() {
        theirHalfEnded = true;
        return begun ? ourHalfEnded : !isAwaited;
    }
}
