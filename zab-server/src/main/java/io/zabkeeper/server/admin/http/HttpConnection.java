package io.zabkeeper.server.admin.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an operator: one request at a time. It is closed when a request does not come in whole, or its answer
 * is not taken, in the time for it, however busy the peer seems meanwhile.
 */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private static final int MOST_PARAMETERS = 16;

    private final Channel channel;
    private final int idleMs;
    private final Rate rate;
    private final Pages pages;
    private final FoldedLines foldedLines = new FoldedLines(this::refuseFolded);
    private @Nullable ScheduledFuture<?> deadline;
    private boolean isEnding;

    HttpConnection(Channel channel, int idleMs, Rate rate, Pages pages) {
        this.channel = channel;
        this.idleMs = idleMs;
        this.rate = rate;
        this.pages = pages;
    }

    /** What stands in front of the decoder of this connection. */
    FoldedLines foldedLines() {
        return foldedLines;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        expect();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopExpecting();
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (isEnding) {
            return;
        }
        stopExpecting();
        foldedLines.begin();
        channel.config().setAutoRead(false); // The next one waits for the answer to this one.
        boolean isKept =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        Answer refusal = refusal(request);
        if (refusal != null) {
            send(refusal, isHead, false);
            return;
        }
        pages.answer(question(request), answer -> channel.eventLoop().execute(() -> send(answer, isHead, isKept)));
    }

    private @Nullable Answer refusal(FullHttpRequest request) {
        Throwable malformed = request.decoderResult().cause();
        if (malformed instanceof TooLongHttpLineException) {
            return Answer.bad(414, "The first line is too long.");
        }
        if (malformed instanceof TooLongHttpHeaderException) {
            return Answer.bad(431, "The headers are too long.");
        }
        if (malformed != null) {
            return Answer.bad(400, "This is no HTTP request.");
        }
        return rate.allows(System.nanoTime()) ? null : Answer.TOO_MANY;
    }

    private void refuseFolded() {
        if (!isEnding) {
            send(Answer.bad(400, "Too many lines are folded."), false, false);
        }
    }

    private static Question question(FullHttpRequest request) {
        String method = request.method().equals(HttpMethod.HEAD)
                ? HttpMethod.GET.name()
                : request.method().name();
        Map<String, String> parameters = new HashMap<>();
        try {
            QueryStringDecoder target =
                    QueryStringDecoder.builder().maxParams(MOST_PARAMETERS).build(request.uri());
            for (Map.Entry<String, List<String>> entry : target.parameters().entrySet()) {
                parameters.put(entry.getKey(), entry.getValue().get(0));
            }
            return new Question(method, target.path(), parameters);
        } catch (IllegalArgumentException unreadable) {
            return new Question(method, "", Map.of()); // Half an escape: there is no such page.
        }
    }

    private void send(Answer answer, boolean isHead, boolean isKept) {
        ByteBuf text = ByteBufUtil.writeUtf8(channel.alloc(), answer.text());
        int length = text.readableBytes();
        if (isHead) {
            text.clear();
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), text);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        HttpUtil.setKeepAlive(response, isKept);
        expect();
        channel.writeAndFlush(response).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                channel.close();
                return;
            }
            expect();
            if (!isKept) {
                end();
            }
            channel.config().setAutoRead(true);
        });
    }

    /**
     * Ends our half and drops what still comes: closing with unread bytes would reset the connection, and the peer would
     * lose the answer.
     */
    private void end() {
        isEnding = true;
        if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** Whatever comes next has its time from now on. */
    private void expect() {
        stopExpecting();
        deadline = channel.eventLoop().schedule(() -> channel.close(), idleMs, TimeUnit.MILLISECONDS);
    }

    private void stopExpecting() {
        ScheduledFuture<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    /** A socket may fail, a peer may send anything. What else fails is our fault, and must not go unnoticed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof CodecException) {
            LOG.debug(
                    "connection of an operator fails peer={} cause=\"{}\"", channel.remoteAddress(), cause.toString());
        } else {
            LOG.error("connection of an operator is closed because of an error of this server", cause);
        }
        channel.close();
    }
}
