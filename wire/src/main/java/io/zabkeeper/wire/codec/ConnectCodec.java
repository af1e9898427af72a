package io.zabkeeper.wire.codec;

import io.netty.buffer.ByteBuf;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.request.ConnectRequest;

/** The handshake to bytes and back. Its frames have no header, and their last field may be missing. */
public final class ConnectCodec {
    private ConnectCodec() {}

    public static ConnectRequest decodeRequest(ByteBuf frame) {
        JuteReader in = new JuteReader(frame);
        int protocolVersion = in.readInt();
        long lastZxidSeen = in.readLong();
        int timeoutMs = in.readInt();
        long sessionId = in.readLong();
        var password = in.readBuffer();
        boolean hasFlag = in.hasMore();
        return new ConnectRequest(
                protocolVersion, lastZxidSeen, timeoutMs, sessionId, password, hasFlag && in.readBoolean(), hasFlag);
    }

    public static void encodeRequest(ConnectRequest request, ByteBuf out) {
        JuteWriter writer = new JuteWriter(out)
                .writeInt(request.protocolVersion())
                .writeLong(request.lastZxidSeen())
                .writeInt(request.timeoutMs())
                .writeLong(request.sessionId())
                .writeBuffer(request.password());
        if (request.readOnlyPresent()) {
            writer.writeBoolean(request.readOnly());
        }
    }

    public static ConnectReply decodeReply(ByteBuf frame) {
        JuteReader in = new JuteReader(frame);
        int protocolVersion = in.readInt();
        int timeoutMs = in.readInt();
        long sessionId = in.readLong();
        var password = in.readBuffer();
        boolean hasFlag = in.hasMore();
        return new ConnectReply(protocolVersion, timeoutMs, sessionId, password, hasFlag && in.readBoolean(), hasFlag);
    }

    public static void encodeReply(ConnectReply reply, ByteBuf out) {
        JuteWriter writer = new JuteWriter(out)
                .writeInt(reply.protocolVersion())
                .writeInt(reply.timeoutMs())
                .writeLong(reply.sessionId())
                .writeBuffer(reply.password());
        if (reply.readOnlyPresent()) {
            writer.writeBoolean(reply.readOnly());
        }
    }
}
