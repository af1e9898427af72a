package io.zabkeeper.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zabkeeper.server.admin.Word;
import io.zabkeeper.server.fuzz.Complaints;
import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Xid;
import io.zabkeeper.wire.codec.CodecTargets;
import io.zabkeeper.wire.fuzz.Allocation;
import io.zabkeeper.wire.fuzz.Generator;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** The client port under any bytes, in pieces of any size, from the socket's handler down to the tree. */
public final class ClientTargets {
    private ClientTargets() {}

    /** Conversations with the member. */
    public static List<Pairing> conversations() {
        return List.of(
                new Pairing(new Connections("client-port.conversations", CannedWords::new), new Conversations()));
    }

    /** Short bytes on a fresh connection. */
    public static List<Pairing> words() {
        return List.of(new Pairing(new Connections("four-letter-words.port", CannedWords::new), new WordInputs()));
    }

    /**
     * Each input is what one client sends on a connection of its own before it goes away. A session beside it is answered
     * as ever, what is answered is made of whole frames, no buffer is left behind, and neither is a connection or a watch.
     */
    static final class Connections implements Target {
        private final String name;
        private final Function<CountingAllocator, AdminWords> words;
        private EmbeddedMember member;
        private EmbeddedMember.Client bystander;
        private int xid;
        private long answered;

        Connections(String name, Function<CountingAllocator, AdminWords> words) {
            this.name = name;
            this.words = words;
            this.member = newMember();
            this.bystander = member.connect();
        }

        private EmbeddedMember newMember() {
            CountingAllocator allocator = new CountingAllocator();
            return new EmbeddedMember(allocator, words.apply(allocator));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int episode() {
            return 256;
        }

        @Override
        public void begin() {
            Complaints.rethrow();
            member = newMember();
            bystander = member.connect();
            bystander.send(framed(CodecTargets.connectRequests().get(0)));
            require(bystander.answers().length >= 40, "the bystander gets no session");
        }

        @Override
        public void accept(byte[] input) {
            int buffers = member.unreleasedBuffers();
            EmbeddedMember.Client stranger = member.connect();
            stranger.sendInPieces(input);
            byte[] answers = stranger.answers();
            answered = answers.length;
            if (!isText(answers)) {
                checkFrames(answers);
            }
            stranger.close();
            member.pass(20);
            Complaints.rethrow();
            require(member.clients().connections().size() == 1, "connections that are left behind");
            require(member.unreleasedBuffers() == buffers, "buffers that are left behind");
            askBystander();
        }

        private void askBystander() {
            xid++;
            bystander.send(request(0, OpCode.PING, new byte[0]));
            bystander.send(request(xid, OpCode.EXISTS, new byte[] {0, 0, 0, 1, '/', 0}));
            ByteBuffer answers = ByteBuffer.wrap(bystander.answers());
            require(answers.remaining() >= 40 && answers.getInt(4) == Xid.PING, "the bystander's ping is not answered");
            require(answers.getInt(24) == xid, "the bystander's read is not answered");
        }

        @Override
        public void end() {
            require(member.machine().digest() == member.machine().recomputedDigest(), "the digest is not the state's");
            bystander.close();
            require(member.unreleasedBuffers() == 0, "buffers that are left behind at the end");
            require(member.replica().watches().watchCount() == 0, "watches that are left behind");
        }

        /** A connection, its session and its expiry; the replies come on top, for a short request may have a long one. */
        @Override
        public long allowance(byte[] input) {
            return 10 * Allocation.BASE + 2 * Allocation.PER_BYTE * input.length + 16 * answered;
        }

        private static void checkFrames(byte[] answers) {
            ByteBuffer in = ByteBuffer.wrap(answers);
            for (boolean first = true; in.hasRemaining(); first = false) {
                require(in.remaining() >= Integer.BYTES, "half a length");
                int length = in.getInt();
                require(length >= (first ? 36 : 16) && length <= in.remaining(), "a frame of " + length + " bytes");
                in.position(in.position() + length);
            }
        }

        private static boolean isText(byte[] answers) {
            return answers.length > 0 && answers[0] != 0;
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }

    /** Knows the real words and answers them at once. */
    static final class CannedWords implements AdminWords {
        CannedWords(CountingAllocator unused) {}

        @Override
        public int argumentSize(int firstBytes) {
            Word word = Word.of(firstBytes);
            if (word == null) {
                return -1;
            }
            return word == Word.STMK ? Long.BYTES : 0;
        }

        @Override
        public void answer(int firstBytes, long argument, Consumer<String> answer) {
            answer.accept("as you say: " + argument);
        }
    }

    /** Words, what looks like one, and what does not; followed by nothing, more words or noise. */
    static final class WordInputs implements Generator {
        private static final int LONGEST = 64;

        private final Mutator mutator;

        WordInputs() {
            List<byte[]> seeds = new ArrayList<>();
            for (Word word : Word.values()) {
                seeds.add(word.text().getBytes(StandardCharsets.US_ASCII));
                seeds.add((word.text() + "\r\n").getBytes(StandardCharsets.US_ASCII));
                seeds.add(
                        ByteBuffer.allocate(12).putInt(word.code()).putLong(-2).array());
            }
            mutator = new Mutator(seeds, LONGEST);
        }

        @Override
        public byte[] next(SplittableRandom random) {
            if (random.nextInt(4) == 0) {
                byte[] noise = new byte[4 + random.nextInt(LONGEST - 3)];
                random.nextBytes(noise);
                return noise;
            }
            return mutator.next(random);
        }
    }

    /** A handshake and some requests behind it, damaged before or after they got their lengths. */
    static final class Conversations implements Generator {
        private static final int MOST_REQUESTS = 6;
        private static final int LIMIT = 128 * 1024;

        private final List<byte[]> intact = CodecTargets.requests();
        private final List<byte[]> handshakes = CodecTargets.connectRequests();
        private final Mutator requests = new Mutator(intact, LIMIT);
        private final Mutator connects = new Mutator(handshakes, 1024);
        private final Mutator streams = new Mutator(List.of("ruok".getBytes(StandardCharsets.US_ASCII)), 2 * LIMIT);

        @Override
        public byte[] next(SplittableRandom random) {
            if (random.nextInt(50) == 0) {
                return streams.next(random);
            }
            ByteBuf stream = Unpooled.buffer();
            stream.writeBytes(framed(random.nextInt(8) == 0 ? connects.next(random) : handshakes.get(0)));
            for (int i = random.nextInt(MOST_REQUESTS); i >= 0; i--) {
                byte[] request = intact.get(random.nextInt(intact.size()));
                stream.writeBytes(framed(random.nextInt(3) > 0 ? request : requests.next(random)));
            }
            byte[] bytes = ByteBufUtil.getBytes(stream);
            return random.nextInt(3) > 0 ? bytes : streams.damage(bytes, random);
        }
    }

    static byte[] framed(byte[] frame) {
        return ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
    }

    static byte[] request(int xid, OpCode op, byte[] body) {
        return framed(ByteBuffer.allocate(2 * Integer.BYTES + body.length)
                .putInt(xid)
                .putInt(op.code())
                .put(body)
                .array());
    }
}
