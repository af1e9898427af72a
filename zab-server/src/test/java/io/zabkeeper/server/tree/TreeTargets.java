package io.zabkeeper.server.tree;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.codec.CodecTargets;
import io.zabkeeper.wire.codec.FrameLimit;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.ReplyCodec;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.fuzz.Allocation;
import io.zabkeeper.wire.fuzz.Generator;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import io.zabkeeper.wire.reply.ReplyHeader;
import io.zabkeeper.wire.request.Request;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The state machine under any commands, reads and records. */
public final class TreeTargets {
    private static final TreeSettings SETTINGS = TreeSettings.DEFAULT;
    /** In the order of their numbers on the wire. */
    private static final List<Table> TABLES = List.of(Table.NODE, Table.SESSION, Table.ACL);

    private static final long FIRST_ZXID = 0x100000000L;
    private static final long STAMP = 1_700_000_000_000L;

    private TreeTargets() {}

    public static List<Pairing> all() {
        return List.of(
                new Pairing(new Commands(), new DamagedCommands()),
                new Pairing(new Reads(), new Mutator(CodecTargets.requests(), FrameLimit.DEFAULT.sizeBytes())),
                new Pairing(new StateRecords(), new Mutator(stateRecords(), 64 * 1024)));
    }

    /**
     * Every command that is ordered has an outcome, and what it leaves behind is a state: its digest is right, and it can
     * be written down and restored. Otherwise no member that has logged it would ever boot again.
     */
    private static final class Commands implements Target {
        private TreeMachine machine = TreeMachine.fresh(SETTINGS);
        private long zxid;

        @Override
        public String name() {
            return "tree.commands";
        }

        @Override
        public int episode() {
            return 300;
        }

        @Override
        public void begin() {
            machine = TreeMachine.fresh(SETTINGS);
            zxid = FIRST_ZXID;
            for (int session = 1; session <= RandomCommands.SESSIONS; session++) {
                apply(1, CommandCodec.encode(new Command.OpenSession(session, 4_000, Bytes.ofUtf8("right"))));
            }
        }

        @Override
        public void accept(byte[] input) {
            int origin = input.length == 0 ? 1 : input[0] & 0xff;
            byte[] command = new byte[Math.max(0, input.length - 1)];
            System.arraycopy(input, input.length - command.length, command, 0, command.length);
            apply(origin, command);
        }

        private void apply(int origin, byte[] command) {
            zxid++;
            Applied applied = machine.apply(zxid, STAMP + (zxid & 0xffff), origin, command);
            if (applied.error() == null || applied.events() == null || machine.lastZxid() != zxid) {
                throw new AssertionError("no outcome: " + applied);
            }
        }

        @Override
        public void end() {
            if (machine.digest() != machine.recomputedDigest()) {
                throw new AssertionError("the digest is not that of the state");
            }
            Cut cut = machine.freeze();
            Records records = new Records();
            cut.writeTo(records);
            comesBack(records, cut.meta());
            Records walked = new Records();
            Walk walk = machine.walk();
            while (walk.next(64, walked)) {
                // All of it.
            }
            walk.close();
            comesBack(walked, walk.meta());
        }

        private void comesBack(Records records, SnapshotMeta meta) {
            TreeMachine restored = records.restore(SETTINGS, meta);
            if (restored.digest() != machine.digest() || restored.lastZxid() != zxid) {
                throw new AssertionError("another state is restored than was written");
            }
        }

        /** An expiry deletes what 300 inputs have created, and a table grows now and then. */
        @Override
        public long allowance(byte[] input) {
            return 16 * Allocation.BASE + 2 * Allocation.PER_BYTE * input.length;
        }
    }

    /** Commands that mostly make sense, each by itself or damaged; the first byte is the member that they come from. */
    private static final class DamagedCommands implements Generator {
        private final Mutator mutator = new Mutator(List.of(new byte[1]), 256 * 1024);

        @Override
        public byte[] next(SplittableRandom random) {
            RandomCommands commands = new RandomCommands(random);
            byte[] command = CommandCodec.encode(commands.command());
            byte[] input = new byte[1 + command.length];
            input[0] = (byte) (random.nextInt(8) == 0 ? 2 : 1);
            System.arraycopy(command, 0, input, 1, command.length);
            return random.nextInt(5) < 3 ? input : mutator.damage(input, random);
        }
    }

    private static final class Reads implements Target {
        private static final List<List<AuthId>> IDENTITIES =
                List.of(Identity.ofPeer("10.0.0.1"), List.of(Identity.SUPER), List.of(), List.of(RandomCommands.ALICE));

        private final TreeMachine machine = TreeMachine.fresh(SETTINGS);

        Reads() {
            RandomCommands commands = new RandomCommands(5);
            for (int i = 1; i < 5_000; i++) {
                machine.apply(FIRST_ZXID + i, STAMP, 1, CommandCodec.encode(commands.command()));
            }
        }

        @Override
        public String name() {
            return "tree.reads";
        }

        @Override
        public void accept(byte[] input) {
            if (input.length < 2 * Integer.BYTES) {
                return;
            }
            ByteBuf in = Unpooled.wrappedBuffer(input);
            List<AuthId> identity = IDENTITIES.get(in.readInt() & 3);
            Request request;
            try {
                request = RequestCodec.decode(in.readInt(), in);
            } catch (MalformedFrameException refused) {
                return;
            }
            ReadResult result = machine.read(request, identity);
            if ((result.error().code() == 0) == (result.reply() == null)) {
                throw new AssertionError("neither answered nor refused: " + result);
            }
            ReplyCodec.encode(new ReplyHeader(1, 1, result.error().code()), result.reply(), Unpooled.buffer());
        }

        /** The reply is as large as what is in the tree. */
        @Override
        public long allowance(byte[] input) {
            return 16 * Allocation.BASE + Allocation.PER_BYTE * input.length;
        }
    }

    /** Records of a state, as they come from a checkpoint or a leader: a state or {@link StateDamaged}. */
    private static final class StateRecords implements Target {
        @Override
        public String name() {
            return "tree.state-records";
        }

        @Override
        public void accept(byte[] input) {
            TreeRestorer restorer = new TreeRestorer(SETTINGS);
            ByteBuf in = Unpooled.wrappedBuffer(input);
            try {
                while (in.readableBytes() >= 1 + Long.BYTES + Short.BYTES) {
                    Table table = TABLES.get((in.readByte() & 0xff) % TABLES.size());
                    long key = in.readLong();
                    byte[] value = new byte[Math.min(in.readUnsignedShort(), in.readableBytes())];
                    in.readBytes(value);
                    restorer.put(table, key, ByteBuffer.wrap(value));
                }
                restorer.finish(new SnapshotMeta(7, 0, 4));
            } catch (StateDamaged refused) {
                // As promised.
            }
        }

        /** An empty tree with its indexes, which grow by a power of two now and then. */
        @Override
        public long allowance(byte[] input) {
            return 40 * Allocation.BASE + 2 * Allocation.PER_BYTE * input.length;
        }
    }

    /**
     * A state as a leader pushes it.
     *
     * @param records of each the number of its table, its key, its length and its bytes
     */
    public record Snapshot(Bytes records, SnapshotMeta meta) {}

    /** Small states, from an empty one on. */
    public static List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            ByteBuf out = Unpooled.buffer();
            SnapshotMeta meta = walk(seed, (table, key, value) -> {
                out.writeByte(1 + TABLES.indexOf(table))
                        .writeLong(key)
                        .writeInt(value.length)
                        .writeBytes(value);
            });
            snapshots.add(new Snapshot(Bytes.of(ByteBufUtil.getBytes(out)), meta));
        }
        return snapshots;
    }

    private static List<byte[]> stateRecords() {
        List<byte[]> states = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            ByteBuf out = Unpooled.buffer();
            walk(
                    seed,
                    (table, key, value) -> out.writeByte(TABLES.indexOf(table))
                            .writeLong(key)
                            .writeShort(value.length)
                            .writeBytes(value));
            states.add(ByteBufUtil.getBytes(out));
        }
        return states;
    }

    private interface RecordSink {
        void put(Table table, long key, byte[] value);
    }

    private static SnapshotMeta walk(int seed, RecordSink sink) {
        TreeMachine machine = TreeMachine.fresh(SETTINGS);
        RandomCommands commands = new RandomCommands(seed);
        for (int i = 1; i < 5 + 20 * seed; i++) {
            machine.apply(FIRST_ZXID + i, STAMP, 1, CommandCodec.encode(commands.command()));
        }
        Walk walk = machine.walk();
        StateSink all = new StateSink() {
            @Override
            public void put(Table table, long key, ByteBuffer value) {
                byte[] bytes = new byte[value.remaining()];
                value.get(bytes);
                sink.put(table, key, bytes);
            }

            @Override
            public void remove(Table table, long key) {
                throw new AssertionError("a walk removes nothing");
            }
        };
        while (walk.next(64, all)) {
            // All of it.
        }
        walk.close();
        return walk.meta();
    }
}
