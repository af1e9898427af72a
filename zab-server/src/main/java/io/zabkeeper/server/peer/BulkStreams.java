package io.zabkeeper.server.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.replica.SnapshotLinks;
import io.zabkeeper.server.tree.StateDamaged;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import io.zabkeeper.server.tree.Walk;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on the wire: a connection of its own for each transfer, opened by the leader, so that megabytes never stand in
 * front of a heartbeat (R-30, N13).
 *
 * <p>Frames as on the links; the first payload byte tells BEGIN, RECORDS or END. The sender walks the state only as fast as
 * the socket takes it, the receiver reads only as fast as its disk does.
 */
public final class BulkStreams implements SnapshotLinks {
    private static final Logger LOG = LoggerFactory.getLogger(BulkStreams.class);

    private static final byte BEGIN = 1;
    private static final byte RECORDS = 2;
    private static final byte END = 3;

    /** BEGIN and END: the kind and three numbers. */
    private static final int MARK_SIZE = 1 + 3 * Long.BYTES;

    /** In front of a record: its table, its key, its length. */
    private static final int RECORD_HEADER = 1 + Long.BYTES + Integer.BYTES;

    /** Records that the loop walks in one go: some hundred microseconds. */
    private static final int RECORDS_IN_A_FRAME = 500;

    /** What may wait for the receiver's disk. */
    private static final long RECEIVE_WINDOW = 8 * 1024 * 1024;

    private final PeerMesh mesh;
    private final Function<SnapshotId, SnapshotLinks.Incoming> receiver;
    private final Map<SnapshotId, Channel> transfers = new HashMap<>();

    /** @param receiver told of each transfer that begins */
    public BulkStreams(PeerMesh mesh, Function<SnapshotId, SnapshotLinks.Incoming> receiver) {
        this.mesh = mesh;
        this.receiver = receiver;
    }

    @Override
    public void push(NodeId peer, SnapshotId id, Walk walk, Consumer<Boolean> done) {
        mesh.dialBulk(peer, (channel, failure) -> {
            if (channel == null) {
                LOG.warn("snapshot cannot go out learner={} cause=\"{}\"", peer, String.valueOf(failure));
                done.accept(false);
                return;
            }
            transfers.put(id, channel);
            channel.pipeline().addLast(new Sender(id, walk, done, channel));
        });
    }

    @Override
    public void abort(SnapshotId id) {
        Channel channel = transfers.remove(id);
        if (channel != null) {
            channel.close();
        }
    }

    /** A leader's bulk connection, just introduced. */
    public void accept(NodeId from, Channel channel) {
        channel.pipeline().addLast(new Receiver(from, channel));
    }

    private final class Sender extends ChannelInboundHandlerAdapter {
        private final SnapshotId id;
        private final Walk walk;
        private final Consumer<Boolean> done;
        private final Channel channel;
        private boolean scheduled;
        private boolean complete;
        private boolean told;

        Sender(SnapshotId id, Walk walk, Consumer<Boolean> done, Channel channel) {
            this.id = id;
            this.walk = walk;
            this.done = done;
            this.channel = channel;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ByteBuf begin = Unpooled.buffer(MARK_SIZE);
            begin.writeByte(BEGIN).writeLong(id.epoch()).writeLong(id.nonce()).writeLong(id.zxid());
            write(begin);
            sendSome();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            sendSoon();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            tell(false);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.warn("snapshot stream fails cause=\"{}\"", cause.toString());
            channel.close();
        }

        private void sendSoon() {
            if (!scheduled && !complete && channel.isWritable()) {
                scheduled = true;
                channel.eventLoop().execute(() -> {
                    scheduled = false;
                    sendSome();
                });
            }
        }

        /** One frame a turn: the loop has clients and peers to serve in between. */
        private void sendSome() {
            if (complete || told || !channel.isWritable()) {
                return;
            }
            ByteBuf frame = Unpooled.buffer(64 * 1024);
            frame.writeByte(RECORDS);
            boolean more = walk.next(RECORDS_IN_A_FRAME, new RecordWriter(frame));
            write(frame);
            if (more) {
                channel.flush();
                sendSoon();
                return;
            }
            complete = true;
            SnapshotMeta meta = walk.meta();
            ByteBuf end = Unpooled.buffer(MARK_SIZE);
            end.writeByte(END).writeLong(meta.zxid()).writeLong(meta.digest()).writeLong(meta.count());
            channel.writeAndFlush(seal(end, channel.alloc())).addListener((ChannelFutureListener) sent -> {
                tell(sent.isSuccess());
                channel.close();
            });
        }

        private void tell(boolean all) {
            if (!told) {
                told = true;
                transfers.remove(id, channel);
                done.accept(all);
            }
        }

        private void write(ByteBuf payload) {
            channel.write(seal(payload, channel.alloc()), channel.voidPromise());
        }
    }

    private static ByteBuf seal(ByteBuf payload, ByteBufAllocator allocator) {
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        return PeerFrames.seal(bytes, allocator);
    }

    private record RecordWriter(ByteBuf frame) implements StateSink {
        @Override
        public void put(Table table, long key, ByteBuffer value) {
            frame.writeByte(number(table))
                    .writeLong(key)
                    .writeInt(value.remaining())
                    .writeBytes(value);
        }

        @Override
        public void remove(Table table, long key) {
            throw new IllegalStateException("a snapshot has nothing to remove");
        }
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {
        private final NodeId from;
        private final Channel channel;
        private final AtomicLong waiting = new AtomicLong();
        private SnapshotLinks.@Nullable Incoming incoming;
        private @Nullable SnapshotId id;
        private boolean complete;

        /** Nothing that comes behind the end is looked at, not even what came in the same read. */
        private boolean closed;

        Receiver(NodeId from, Channel channel) {
            this.from = from;
            this.channel = channel;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object frame) throws DamagedFrameException {
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
            ByteBuf in = Unpooled.wrappedBuffer(payload);
            byte kind = payload.length == 0 ? 0 : in.readByte();
            if (complete || (kind != RECORDS && payload.length != MARK_SIZE)) {
                throw new DamagedFrameException(
                        "part " + kind + " of " + payload.length + " bytes" + (complete ? " behind the end" : ""));
            }
            switch (kind) {
                case BEGIN -> begin(new SnapshotId(from, in.readLong(), in.readLong(), in.readLong()));
                case RECORDS -> records(in);
                case END -> end(new SnapshotMeta(in.readLong(), in.readLong(), in.readLong()));
                default -> throw new DamagedFrameException("unknown part of a snapshot");
            }
        }

        private void begin(SnapshotId begun) throws DamagedFrameException {
            if (incoming != null) {
                throw new DamagedFrameException("a snapshot begins twice on one connection");
            }
            id = begun;
            transfers.put(begun, channel);
            incoming = receiver.apply(begun);
        }

        private void records(ByteBuf in) throws DamagedFrameException {
            int size = in.readableBytes();
            if (waiting.addAndGet(size) > RECEIVE_WINDOW) {
                channel.config().setAutoRead(false);
            }
            incoming().batch(sink -> decode(in, sink), () -> {
                if (waiting.addAndGet(-size) <= RECEIVE_WINDOW / 2) {
                    channel.config().setAutoRead(true);
                }
            });
        }

        private void end(SnapshotMeta meta) throws DamagedFrameException {
            complete = true;
            incoming().end(meta);
        }

        private SnapshotLinks.Incoming incoming() throws DamagedFrameException {
            SnapshotLinks.Incoming begun = incoming;
            if (begun == null) {
                throw new DamagedFrameException("a snapshot that has not begun");
            }
            return begun;
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            closed = true;
            if (id != null) {
                transfers.remove(id, channel);
            }
            if (incoming != null && !complete) {
                incoming.broken();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            closed = true;
            LOG.warn("snapshot stream fails peer={} cause=\"{}\"", from, cause.toString());
            channel.close();
        }
    }

    private static int number(Table table) {
        return switch (table) {
            case NODE -> 1;
            case SESSION -> 2;
            case ACL -> 3;
        };
    }

    private static Table table(int number) {
        return switch (number) {
            case 1 -> Table.NODE;
            case 2 -> Table.SESSION;
            case 3 -> Table.ACL;
            default -> throw new StateDamaged("a record of table " + number);
        };
    }

    /**
     * Runs where the records are taken in.
     *
     * @throws StateDamaged for what no leader sends; nothing is allocated for a length that the frame does not hold
     */
    private static void decode(ByteBuf in, StateSink sink) {
        while (in.isReadable()) {
            if (in.readableBytes() < RECORD_HEADER) {
                throw new StateDamaged("a record that ends before its length");
            }
            Table table = table(in.readByte());
            long key = in.readLong();
            int length = in.readInt();
            if (length < 0 || length > in.readableBytes()) {
                throw new StateDamaged(
                        "a record of " + length + " bytes in a frame with " + in.readableBytes() + " left");
            }
            sink.put(table, key, in.nioBuffer(in.readerIndex(), length));
            in.skipBytes(length);
        }
    }
}
