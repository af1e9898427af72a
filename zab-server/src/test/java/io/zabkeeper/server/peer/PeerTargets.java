package io.zabkeeper.server.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage;
import io.zabkeeper.server.fuzz.Fragments;
import io.zabkeeper.server.peer.proto.Hello;
import io.zabkeeper.server.tree.TreeTargets;
import io.zabkeeper.wire.fuzz.Generator;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Links between members under any bytes. */
public final class PeerTargets {
    private static final int LIMIT = 256 * 1024;

    private PeerTargets() {}

    public static List<Pairing> all() {
        return List.of(
                new Pairing(new Messages(), new Mutator(messages(), LIMIT)),
                new Pairing(new Links("peer-codec.links", 96 * 1024), new Conversations(hello(false), messages())),
                new Pairing(
                        new Links("peer-codec.snapshots", 640 * 1024), new Conversations(hello(true), snapshots())));
    }

    /** M8: a message or an {@link IOException}, and what was read is written and read in the same way. */
    private static final class Messages implements Target {
        @Override
        public String name() {
            return "peer-codec.messages";
        }

        @Override
        public void accept(byte[] input) throws IOException {
            Message first;
            try {
                first = PeerCodec.decode(input);
            } catch (IOException refused) {
                return;
            }
            Message second = PeerCodec.decode(PeerCodec.encode(first).toByteArray());
            if (!first.equals(second)) {
                throw new AssertionError(first + " comes back as " + second);
            }
        }
    }

    /**
     * A whole connection, from the introduction on: each input is what one stranger sends. Whatever it is, the link of
     * another member beside it goes on, every link that went up goes down, no intact frame is invented, and no buffer is
     * left behind.
     */
    private static final class Links implements Target {
        private static final byte[] PING =
                PeerCodec.encode(new ZabMessage.Ping(1, 2, 3, 4)).toByteArray();

        private final String name;
        private final long base;
        private EmbeddedMesh mesh = new EmbeddedMesh();
        private EmbeddedMesh.Link neighbour = mesh.connect();

        /**
         * @param base what a connection may cost that says nothing, and what it may cost to tell a stranger in whole what
         *     this member and its settings are, while nothing is compiled yet; with a snapshot a tree and its indexes, too
         */
        Links(String name, long base) {
            this.name = name;
            this.base = base;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int episode() {
            return 512;
        }

        @Override
        public void begin() {
            mesh.close();
            mesh = new EmbeddedMesh();
            neighbour = mesh.connect();
            neighbour.send(sealed(hello(3, 33, false)));
            require(mesh.linksUp() == 1, "the neighbour is not connected");
        }

        @Override
        public void accept(byte[] input) {
            int before = mesh.unreleasedBuffers();
            int messages = mesh.messages();
            EmbeddedMesh.Link stranger = mesh.connect();
            stranger.sendInPieces(input);
            require(mesh.messages() - messages < Math.max(1, intactFrames(input)), "more messages than intact frames");
            stranger.close();
            require(mesh.linksUp() == 1, "links that are up: " + mesh.linksUp());
            require(mesh.stages() <= 1, "stages of snapshots: " + mesh.stages());

            int told = mesh.messages();
            neighbour.send(sealed(PING));
            require(mesh.messages() == told + 1, "the neighbour is not heard any more");
            require(mesh.unreleasedBuffers() == before, "buffers that are left behind");
        }

        @Override
        public void end() {
            neighbour.close();
            mesh.close();
            require(mesh.unreleasedBuffers() == 0, "buffers that are left behind at the end");
        }

        /** Netty's channel and pipeline for each connection; a buffer, its array and a turn of the loop for each piece. */
        @Override
        public long allowance(byte[] input) {
            int[] pieces = {0};
            Fragments.of(input, (from, to) -> pieces[0]++);
            return base + 160L * pieces[0] + 32L * input.length;
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }

    /** Frames whose checksum is right, up to the first one whose is not. */
    private static int intactFrames(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        int intact = 0;
        while (in.remaining() >= 2 * Integer.BYTES) {
            int length = in.getInt();
            int claimed = in.getInt();
            if (length < 0 || length > in.remaining()) {
                break;
            }
            CRC32C crc = new CRC32C();
            crc.update(stream, in.position(), length);
            if ((int) crc.getValue() != claimed) {
                break;
            }
            in.position(in.position() + length);
            intact++;
        }
        return intact;
    }

    /** An introduction and some frames behind it, damaged before or after they got their checksums. */
    private static final class Conversations implements Generator {
        private static final int MOST_FRAMES = 4;

        private final byte[] hello;
        private final Mutator hellos;
        private final Mutator payloads;
        private final List<byte[]> intact;
        private final Mutator streams = new Mutator(List.of(new byte[1]), LIMIT);

        Conversations(byte[] hello, List<byte[]> payloads) {
            this.hello = hello;
            this.hellos = new Mutator(List.of(hello), 8 * 1024);
            this.payloads = new Mutator(payloads, LIMIT / 2);
            this.intact = payloads;
        }

        @Override
        public byte[] next(SplittableRandom random) {
            ByteBuf stream = Unpooled.buffer();
            stream.writeBytes(sealed(random.nextInt(5) == 0 ? hellos.next(random) : hello));
            int at = random.nextInt(intact.size());
            for (int i = random.nextInt(MOST_FRAMES); i >= 0; i--) {
                byte[] frame = intact.get(at++ % intact.size());
                stream.writeBytes(sealed(random.nextInt(3) == 0 ? frame : payloads.next(random)));
            }
            byte[] bytes = new byte[stream.readableBytes()];
            stream.readBytes(bytes);
            return random.nextInt(3) > 0 ? bytes : streams.damage(bytes, random);
        }
    }

    static byte[] together(byte[]... pieces) {
        ByteBuf all = Unpooled.buffer();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return ByteBufUtil.getBytes(all);
    }

    static byte[] sealed(byte[] payload) {
        ByteBuf frame = PeerFrames.seal(payload, UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        frame.release();
        return bytes;
    }

    private static byte[] hello(boolean bulk) {
        return hello(2, 22, bulk);
    }

    static byte[] hello(int node, long disk, boolean bulk) {
        Hello hello = new Introduction(new NodeId(node), 1, disk, EmbeddedMesh.MEMBERS, EmbeddedMesh.SETTINGS, () -> 0)
                .hello(bulk, "");
        return hello.toByteArray();
    }

    private static List<byte[]> messages() {
        List<byte[]> payloads = new ArrayList<>();
        for (Message message : PeerCodecTest.SAMPLES) {
            payloads.add(PeerCodec.encode(message).toByteArray());
        }
        return payloads;
    }

    /** What a leader pushes: the beginning, records, the end. */
    private static List<byte[]> snapshots() {
        List<byte[]> payloads = new ArrayList<>();
        for (TreeTargets.Snapshot snapshot : TreeTargets.snapshots()) {
            payloads.addAll(List.of(beginning(snapshot), records(snapshot), end(snapshot)));
        }
        return payloads;
    }

    static byte[] beginning(TreeTargets.Snapshot snapshot) {
        return part(1, 4, 9, snapshot.meta().zxid());
    }

    static byte[] records(TreeTargets.Snapshot snapshot) {
        byte[] records = snapshot.records().array();
        return ByteBuffer.allocate(1 + records.length)
                .put((byte) 2)
                .put(records)
                .array();
    }

    static byte[] end(TreeTargets.Snapshot snapshot) {
        SnapshotMeta meta = snapshot.meta();
        return part(3, meta.zxid(), meta.digest(), meta.count());
    }

    private static byte[] part(int kind, long first, long second, long third) {
        return ByteBuffer.allocate(1 + 3 * Long.BYTES)
                .put((byte) kind)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .array();
    }
}
