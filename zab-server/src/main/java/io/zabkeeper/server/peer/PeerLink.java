package io.zabkeeper.server.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.loop.Turn;
import io.zabkeeper.server.peer.proto.Hello;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with one peer: first both introduce themselves, then messages flow, flushed once in each turn.
 *
 * <p>Anything that is not a valid frame closes the connection and touches nothing else (N18, M8).
 */
final class PeerLink extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    /** A stranger that says nothing is not kept longer than this (M6). */
    private static final int HELLO_TIMEOUT_MS = 5_000;

    private static final String FRAMES = "frames";

    private final PeerMesh mesh;
    private final Channel channel;
    private final boolean dialledByUs;

    /** The peer that we dialled, or that has introduced itself; null before. */
    private @Nullable NodeId peer;

    private long disk;
    private long generation;
    private boolean up;
    private boolean flushAsked;

    /** Nothing that comes behind the end is looked at, not even what came in the same read. */
    private boolean closed;

    private @Nullable ScheduledFuture<?> helloDeadline;

    PeerLink(PeerMesh mesh, @Nullable NodeId dialled, Channel channel) {
        this.mesh = mesh;
        this.peer = dialled;
        this.dialledByUs = dialled != null;
        this.channel = channel;
    }

    void install() {
        channel.pipeline().addLast(FRAMES, PeerFrames.decoder(PeerFrames.HELLO_LIMIT));
        channel.pipeline().addLast("link", this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        helloDeadline = channel.eventLoop()
                .schedule(() -> close("no introduction in time"), HELLO_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        if (dialledByUs) {
            write(mesh.self().hello(false, ""));
            channel.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) throws IOException {
        ByteBuf bytes = (ByteBuf) frame;
        if (closed) {
            bytes.release();
            return;
        }
        byte[] payload;
        try {
            payload = PeerFrames.open(bytes);
        } finally {
            bytes.release();
        }
        NodeId from = peer;
        if (up && from != null) {
            mesh.inbound().message(from, generation, PeerCodec.decode(payload));
        } else {
            onHello(Hello.parseFrom(payload));
        }
    }

    private void onHello(Hello hello) {
        if (!hello.getRefusal().isEmpty()) {
            LOG.warn("peer refuses us peer={} reason=\"{}\"", hello.getNode(), hello.getRefusal());
            close("refused");
            return;
        }
        String objection = objectionTo(hello);
        if (objection != null) {
            LOG.warn("peer refused address={} reason=\"{}\"", channel.remoteAddress(), objection);
            write(mesh.self().hello(false, objection));
            channel.flush();
            close(objection);
            return;
        }
        NodeId id = new NodeId(hello.getNode());
        ScheduledFuture<?> deadline = helloDeadline;
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (hello.getBulk()) {
            channel.pipeline().remove(this);
            mesh.inbound().bulk(id, channel);
            liftLimit();
            return;
        }
        if (!dialledByUs) {
            write(mesh.self().hello(false, ""));
            channel.flush();
        }
        peer = id;
        disk = hello.getDisk();
        generation = mesh.established(id, this);
        up = true;
        LOG.info("peer link up peer={} generation={}", id, generation);
        mesh.inbound().linkUp(id, generation);
        liftLimit();
    }

    /**
     * The peer is known, its frames may be large now. The last step of a handshake: what came in one read with the
     * introduction is handed on by the old decoder while it is replaced, and is a message already.
     */
    private void liftLimit() {
        channel.pipeline().replace(FRAMES, FRAMES, PeerFrames.decoder(PeerFrames.LINK_LIMIT));
    }

    private @Nullable String objectionTo(Hello hello) {
        String objection = mesh.self().objectionTo(hello);
        if (objection != null) {
            return objection;
        }
        if (hello.getNode() < 1 || hello.getNode() > 255 || !mesh.isMember(new NodeId(hello.getNode()))) {
            return "id " + hello.getNode() + " is not in our configuration";
        }
        NodeId id = new NodeId(hello.getNode());
        if (dialledByUs && !id.equals(peer)) {
            return "we dialled member " + peer + ", member " + id + " answered";
        }
        PeerLink present = mesh.present(id);
        if (!hello.getBulk() && present != null && present.disk != hello.getDisk()) {
            return "another process with id " + id + " is connected already";
        }
        return null;
    }

    /** Queues a message; it leaves at the end of this turn. */
    void send(Message message) {
        if (!channel.isWritable()) {
            close("its queue is full");
            return;
        }
        channel.write(PeerFrames.seal(PeerCodec.encode(message), channel.alloc()), channel.voidPromise());
        if (!flushAsked) {
            flushAsked = true;
            mesh.turn().atEnd(Turn.Phase.PEERS, this::flush);
        }
    }

    private void flush() {
        flushAsked = false;
        channel.flush();
    }

    private void write(Hello hello) {
        channel.write(PeerFrames.seal(hello, channel.alloc()));
    }

    void close(String reason) {
        if (up) {
            LOG.info("peer link closes peer={} generation={} reason=\"{}\"", peer, generation, reason);
        }
        ended();
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (up) {
            LOG.info("peer link lost peer={} generation={}", peer, generation);
        }
        ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        LOG.warn("peer link fails peer={} address={} cause=\"{}\"", peer, channel.remoteAddress(), cause.toString());
        close("failure");
    }

    /** Tells the mesh once. */
    private void ended() {
        closed = true;
        ScheduledFuture<?> deadline = helloDeadline;
        if (deadline != null) {
            deadline.cancel(false);
            helloDeadline = null;
        }
        NodeId known = peer;
        peer = null;
        if (known == null) {
            return;
        }
        boolean wasUp = up;
        up = false;
        mesh.ended(known, this);
        if (wasUp) {
            mesh.inbound().linkDown(known, generation);
        }
    }
}
