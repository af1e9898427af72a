package io.zabkeeper.test;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection and the one to the member that goes with it. Belongs to the relay's loop. */
final class RelayConnection {
    /** In the first frame to a client: length, version of the protocol and timeout stand in front of it. */
    private static final int SESSION_ID_AT = 12;

    private static final int HEAD_SIZE = SESSION_ID_AT + Long.BYTES;

    private final Channel client;
    private final Consumer<RelayConnection> farewell;
    private final Lane requests;
    private final Lane replies;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD_SIZE);
    private boolean isConnecting;
    private boolean isOver;
    private @Nullable Channel member;

    /**
     * Nothing is read yet.
     *
     * @param client just accepted
     * @param farewell told when both ends are closed
     */
    RelayConnection(Relay relay, Channel client, Consumer<RelayConnection> farewell) {
        this.client = client;
        this.farewell = farewell;
        requests = new Lane(relay, bytes -> {});
        replies = new Lane(relay, this::look);
        client.pipeline().addLast(requests);
        client.closeFuture().addListener(closed -> endWhenClosed());
    }

    /** Goes on to the member, once. */
    void connect(SocketAddress address) {
        if (isConnecting) {
            return;
        }
        isConnecting = true;
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(replies)
                .connect(address);
        connecting.addListener(done -> {
            if (done.isSuccess() && !isOver) {
                member = connecting.channel();
                connecting.channel().closeFuture().addListener(closed -> endWhenClosed());
                requests.join(client, connecting.channel());
                replies.join(connecting.channel(), client);
            } else {
                connecting.channel().close();
                reset();
            }
        });
    }

    /** Looks at what the relay says now. */
    void update() {
        requests.update();
        replies.update();
    }

    /** What one end sent before it closed may still be on its way to the other. */
    private void endWhenClosed() {
        if (!client.isOpen() && (member == null || !member.isOpen())) {
            requests.discard();
            replies.discard();
            farewell.accept(this);
        }
    }

    /** Ends like a connection whose other end has lost its power: what is under way is lost. */
    void reset() {
        isOver = true;
        requests.discard();
        replies.discard();
        // A client that has gone by itself may still have something under way to the member.
        if (client.isOpen()) {
            client.config().setOption(ChannelOption.SO_LINGER, 0);
            client.close();
        }
        if (member != null) {
            member.close();
        }
    }

    /** The session that the member has answered with; 0 before it did, and when the client has gone. */
    long sessionId() {
        return !client.isOpen() || head.hasRemaining() ? 0 : head.getLong(SESSION_ID_AT);
    }

    private void look(ByteBuf bytes) {
        int length = Math.min(head.remaining(), bytes.readableBytes());
        for (int i = 0; i < length; i++) {
            head.put(bytes.getByte(bytes.readerIndex() + i));
        }
    }
}
