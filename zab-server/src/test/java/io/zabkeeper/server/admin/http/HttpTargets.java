package io.zabkeeper.server.admin.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zabkeeper.server.fuzz.Complaints;
import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.server.fuzz.Fragments;
import io.zabkeeper.wire.fuzz.Allocation;
import io.zabkeeper.wire.fuzz.Generator;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The operators' port under any bytes, in pieces of any size. */
public final class HttpTargets {
    private static final int LONGEST = 32 * 1024;
    private static final int IDLE_MS = 30_000;

    private HttpTargets() {}

    /** One connection for each input, without a socket; the page says what it was asked. */
    public static Target connections() {
        return new Connections();
    }

    public static Generator requests() {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : List.of(
                "GET /commands/ruok HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /commands/stat HTTP/1.0\r\n\r\n",
                "HEAD /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /commands/%63onf?a=b&a=c&%zz=1 HTTP/1.1\r\nHost: x\r\n\r\nGET /commands HTTP/1.1\r\n\r\n",
                "POST /commands/restore HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
                "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n",
                "GET http://x:8080/commands/mntr;p?q#f HTTP/1.1\r\nX-Forwarded-For: 127.0.0.1\r\n folded\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return new Mutator(seeds, LONGEST);
    }

    private static final class Connections implements Target {
        private final CountingAllocator allocator = new CountingAllocator();
        private final Rate rate = new Rate(Integer.MAX_VALUE, System.nanoTime());
        private long answered;

        @Override
        public String name() {
            return "admin.http";
        }

        @Override
        public void accept(byte[] input) throws Exception {
            answered = 0;
            EmbeddedChannel channel = new EmbeddedChannel(DefaultChannelId.newInstance(), false, false);
            channel.config().setAllocator(allocator);
            HttpPort.install(channel, IDLE_MS, rate, Connections::answer);
            channel.register();
            Fragments.of(input, (from, to) -> send(channel, input, from, to));
            channel.finishAndReleaseAll();
            Complaints.rethrow();
            if (allocator.unreleased() != 0) {
                throw new AssertionError("buffers that are left behind");
            }
        }

        private void send(EmbeddedChannel channel, byte[] input, int from, int to) {
            if (channel.isOpen()) {
                channel.writeInbound(allocator.buffer(to - from).writeBytes(input, from, to - from));
                channel.runPendingTasks();
            }
            for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
                answered += piece.readableBytes();
                piece.release();
            }
        }

        private static void answer(Question question, Consumer<Answer> answer) {
            answer.accept(new Answer(200, "text/plain", question.method() + ' ' + question.path()));
        }

        /** A codec and its buffers for each connection; the shortest request, 18 bytes, is some 2,400 bytes of objects. */
        @Override
        public long allowance(byte[] input) {
            return 6 * Allocation.BASE + 3 * Allocation.PER_BYTE * input.length + 16 * answered;
        }
    }
}
