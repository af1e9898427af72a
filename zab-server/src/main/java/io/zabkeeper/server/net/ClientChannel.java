package io.zabkeeper.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.request.ClientPort;
import io.zabkeeper.server.request.ClientSession;
import io.zabkeeper.server.request.ConnectedClients;
import io.zabkeeper.server.request.RequestRouter;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.codec.ConnectCodec;
import io.zabkeeper.wire.codec.FrameLimit;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.ReplyCodec;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.ReplyHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: bytes in, frames to the router; replies encoded into one buffer that leaves with one flush at the
 * end of the turn.
 *
 * <p>Nothing is held for a client but what its socket brought: while its session is being opened, and while it has more
 * under way than it may, the socket is not read (TCP tells the client to wait). A client that does not read its replies is
 * cut off at a bound.
 *
 * <p>Its state belongs to the replica loop. When the socket lives on a loop of its own, reads hop over and writes hop back.
 */
final class ClientChannel extends ChannelInboundHandlerAdapter implements ClientPort {
    private static final Logger LOG = LoggerFactory.getLogger(ClientChannel.class);

    /** A four-letter word; the argument of the one that has one is a long. */
    private static final int WORD_SIZE = 4;

    private static final int FIRST_BUFFER_BYTES = 512;

    private final EventLoop replicaLoop;
    private final Turn turn;
    private final ConnectedClients clients;
    private final RequestRouter router;
    private final AdminWords words;
    private final FrameLimit limit;
    private final int mostUnreadBytes;
    private final int handshakeMs;
    private final Channel channel;
    private final Farewell farewell;
    private final String peerAddress;

    private @Nullable ClientSession session;
    private @Nullable ScheduledFuture<?> handshakeDeadline;
    private @Nullable ByteBuf unread;

    /** Whether what is unread is a buffer of our own, which more can be written to. */
    private boolean isGathered;

    private @Nullable ByteBuf replies;
    private boolean flushAsked;
    private boolean eventFlushAsked;
    private boolean resumeAsked;
    private boolean handshakeSeen;
    private boolean paused;
    private boolean handling;
    private boolean closing;
    private boolean closed;

    ClientChannel(
            EventLoop replicaLoop,
            Turn turn,
            ConnectedClients clients,
            RequestRouter router,
            AdminWords words,
            ServerConfig.Limits limits,
            int handshakeMs,
            Channel channel) {
        this.replicaLoop = replicaLoop;
        this.turn = turn;
        this.clients = clients;
        this.router = router;
        this.words = words;
        this.limit = new FrameLimit(limits.frameBytes());
        this.mostUnreadBytes = limits.unreadBytes();
        this.handshakeMs = handshakeMs;
        this.channel = channel;
        this.farewell = new Farewell(channel);
        this.peerAddress = channel.remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    // ---- in ---------------------------------------------------------------------------------------------------------

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        onReplicaLoop(() -> {
            ClientSession accepted = clients.accept(this);
            session = accepted;
            if (accepted == null) {
                close();
                return;
            }
            handshakeDeadline = replicaLoop.schedule(
                    () -> {
                        if (!handshakeSeen) {
                            accepted.keptSilent();
                        }
                    },
                    handshakeMs,
                    TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (replicaLoop.inEventLoop()) {
            arrived(bytes);
        } else {
            replicaLoop.execute(() -> arrived(bytes));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onReplicaLoop(this::gone);
    }

    /** A client that ends its half wants no more, unless it waits for the answer to a four-letter word, as nc does. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            onReplicaLoop(() -> {
                if (!closing || farewell.theirHalfEnded()) {
                    noteEnd();
                    close();
                }
            });
        }
    }

    /** A socket may fail at any time. Anything else is our fault, and must not go unnoticed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("client connection fails client={} cause=\"{}\"", peerName(), cause.toString());
        } else {
            LOG.error("client connection is closed because of an error of this server client={}", peerName(), cause);
        }
        close();
    }

    private void arrived(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        ClientSession current = session;
        if (current != null) {
            current.bytesArrived();
        }
        ByteBuf before = unread;
        if (before == null) {
            unread = bytes;
            isGathered = false;
        } else {
            unread = joined(before, bytes);
        }
        handleFrames();
    }

    /**
     * Seldom: a frame that came in pieces, or one that waits. The buffer grows by doubling: a frame that comes byte by byte
     * is not copied with each of them. Never more than twice a frame and what one read brings.
     */
    private ByteBuf joined(ByteBuf before, ByteBuf bytes) {
        ByteBuf all = before;
        if (isGathered) {
            all.discardSomeReadBytes();
        } else {
            all = before.alloc().buffer(before.readableBytes() + bytes.readableBytes());
            all.writeBytes(before);
            before.release();
            isGathered = true;
        }
        all.writeBytes(bytes);
        bytes.release();
        return all;
    }

    /** Handles the frames that are there, as far as the session takes them. */
    private void handleFrames() {
        if (handling) {
            return; // An answer given while a frame is being handled asks for more; the outer call goes on anyway.
        }
        handling = true;
        try {
            ByteBuf input = unread;
            while (input != null && !closing && mayHandle() && handleFrame(input)) {
                input = unread;
            }
        } catch (MalformedFrameException malformed) {
            LOG.debug("malformed frame client={} cause=\"{}\"", peerName(), malformed.getMessage());
            close();
        } finally {
            handling = false;
        }
        ByteBuf rest = unread;
        if (rest != null && (closing || !rest.isReadable())) {
            rest.release();
            unread = null;
        }
    }

    /** Whether the session takes a frame now; reading stops when it does not. */
    private boolean mayHandle() {
        ClientSession current = session;
        if (current == null) {
            return false;
        }
        boolean may = !handshakeSeen || (current.isOpen() && !router.isSaturated(current));
        if (may == paused) {
            paused = !may;
            channel.config().setAutoRead(may);
        }
        return may;
    }

    /** Handles one frame; false when it is not complete yet. */
    private boolean handleFrame(ByteBuf input) {
        if (input.readableBytes() < FrameLimit.PREFIX_SIZE) {
            return false;
        }
        if (!handshakeSeen && answerWord(input)) {
            return false;
        }
        int length = input.getInt(input.readerIndex());
        if (length <= 0 || !limit.allows(length)) {
            LOG.info("frame refused client={} length={} limit={}", peerName(), length, limit.sizeBytes());
            close();
            return false;
        }
        if (input.readableBytes() - FrameLimit.PREFIX_SIZE < length) {
            return false;
        }
        input.skipBytes(FrameLimit.PREFIX_SIZE);
        handle(input.readSlice(length));
        return true;
    }

    private void handle(ByteBuf frame) {
        ClientSession current = session;
        if (current == null) {
            return;
        }
        if (handshakeSeen) {
            router.route(current, frame);
        } else {
            handshakeSeen = true;
            cancelDeadline();
            current.received(frame.readableBytes() + FrameLimit.PREFIX_SIZE);
            clients.connect(current, ConnectCodec.decodeRequest(frame));
        }
    }

    /** Takes the bytes for a word if they are one; whatever comes behind it is not looked at. */
    private boolean answerWord(ByteBuf input) {
        int code = input.getInt(input.readerIndex());
        int argumentSize = words.argumentSize(code);
        if (argumentSize < 0) {
            return false;
        }
        if (input.readableBytes() < WORD_SIZE + argumentSize) {
            return true;
        }
        long argument = argumentSize == 0 ? 0 : input.getLong(input.readerIndex() + WORD_SIZE);
        handshakeSeen = true;
        cancelDeadline();
        closing = true;
        ClientSession current = session;
        if (current != null) {
            current.received(WORD_SIZE);
        }
        farewell.await();
        words.answer(code, argument, this::endWith);
        return true;
    }

    /** The answer to a word is the last thing that leaves; called on any thread. */
    private void endWith(String answer) {
        channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), answer), channel.voidPromise());
        farewell.begin();
    }

    /** Called before the connection is given up: that it ends counts when this side has not begun with it. */
    private void noteEnd() {
        ClientSession current = session;
        if (!closing && current != null) {
            current.hungUp();
        }
    }

    private void gone() {
        if (closed) {
            return;
        }
        noteEnd();
        closed = true;
        closing = true;
        cancelDeadline();
        ClientSession current = session;
        if (current != null) {
            clients.disconnected(current);
        }
        if (!handling && unread != null) {
            unread.release();
            unread = null;
        }
        if (replies != null) {
            replies.release();
            replies = null;
        }
    }

    private void cancelDeadline() {
        ScheduledFuture<?> deadline = handshakeDeadline;
        if (deadline != null) {
            deadline.cancel(false);
            handshakeDeadline = null;
        }
    }

    private void onReplicaLoop(Runnable task) {
        if (replicaLoop.inEventLoop()) {
            task.run();
        } else {
            replicaLoop.execute(task);
        }
    }

    // ---- out --------------------------------------------------------------------------------------------------------

    @Override
    public void connected(ConnectReply reply) {
        ByteBuf out = output();
        int start = begin(out);
        ConnectCodec.encodeReply(reply, out);
        end(out, start);
    }

    @Override
    public int reply(int xid, long zxid, ErrorCode error, @Nullable Reply body) {
        ByteBuf out = output();
        int start = begin(out);
        if (error == ErrorCode.OK) {
            ReplyCodec.encode(new ReplyHeader(xid, zxid, 0), body, out);
        } else {
            ReplyCodec.encodeError(xid, zxid, error, out);
        }
        return end(out, start);
    }

    @Override
    public int event(long zxid, WatchEvent event) {
        ByteBuf out = buffer();
        if (!flushAsked && !eventFlushAsked) {
            eventFlushAsked = true;
            turn.atEnd(Turn.Phase.EVENTS, this::flushEvents);
        }
        int start = begin(out);
        ReplyCodec.encodeEvent(zxid, event, out);
        return end(out, start);
    }

    private ByteBuf output() {
        askForFlush();
        return buffer();
    }

    /** Replies and events in the order in which they are made; whoever flushes first takes all along. */
    private ByteBuf buffer() {
        ByteBuf out = replies;
        if (out == null) {
            out = channel.alloc().directBuffer(FIRST_BUFFER_BYTES);
            replies = out;
        }
        return out;
    }

    private void flushEvents() {
        eventFlushAsked = false;
        if (replies != null && !flushAsked) {
            flush();
        }
    }

    private void askForFlush() {
        if (!flushAsked) {
            flushAsked = true;
            turn.atEnd(Turn.Phase.CLIENTS, this::flush);
        }
    }

    private static int begin(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private static int end(ByteBuf out, int start) {
        int length = out.writerIndex() - start - FrameLimit.PREFIX_SIZE;
        out.setInt(start, length);
        return length;
    }

    private void flush() {
        flushAsked = false;
        ByteBuf out = replies;
        replies = null;
        if (out != null && closed) {
            out.release();
            out = null;
        }
        if (out != null) {
            if (channel.unsafe().outboundBuffer() != null
                    && channel.unsafe().outboundBuffer().totalPendingWriteBytes() > mostUnreadBytes) {
                out.release();
                LOG.warn("client does not read its replies, connection closed client={}", peerName());
                close();
                return;
            }
            channel.writeAndFlush(out, channel.voidPromise());
        }
        if (closeAsked) {
            farewell.begin();
        }
    }

    private boolean closeAsked;

    @Override
    public void closeAfterFlush() {
        closing = true;
        closeAsked = true;
        askForFlush();
    }

    @Override
    public void close() {
        closing = true;
        channel.close();
    }

    @Override
    public void resume() {
        if ((paused || unread != null) && !handling && !resumeAsked && !closing) {
            resumeAsked = true;
            turn.atEnd(Turn.Phase.CLIENTS, this::resumeNow);
        }
    }

    private void resumeNow() {
        resumeAsked = false;
        if (!closing && mayHandle()) {
            handleFrames();
        }
    }

    @Override
    public String peerAddress() {
        return peerAddress;
    }

    @Override
    public String peerName() {
        String name = String.valueOf(channel.remoteAddress());
        return name.startsWith("/") ? name.substring(1) : name;
    }

    @Override
    public int interest() {
        int read = closing || paused ? 0 : 1;
        return channel.isWritable() && replies == null ? read : read | 1 << 2;
    }
}
