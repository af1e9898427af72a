package io.zabkeeper.server.request;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.reply.ConnectReply;
import io.zabkeeper.wire.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that keeps what is written to it. */
final class RecordedPort implements ClientPort {
    /** How the server ended the connection. */
    enum End {
        NONE,
        AFTER_FLUSH,
        AT_ONCE
    }

    /** One answer. */
    record Answer(
            int xid, long zxid, ErrorCode error, @Nullable Reply body) {}

    final List<Answer> answers = new ArrayList<>();
    final List<WatchEvent> events = new ArrayList<>();

    @Nullable
    ConnectReply connected;

    End end = End.NONE;

    private final ConnectedClients clients;
    private @Nullable ClientSession session;

    RecordedPort(ConnectedClients clients) {
        this.clients = clients;
        this.session = clients.accept(this);
    }

    ClientSession session() {
        ClientSession accepted = session;
        if (accepted == null) {
            throw new AssertionError("not accepted");
        }
        return accepted;
    }

    /** The xids that were answered, in order. */
    List<Integer> xids() {
        return answers.stream().map(Answer::xid).toList();
    }

    Answer answer(int xid) {
        return answers.stream()
                .filter(answer -> answer.xid() == xid)
                .findFirst()
                .orElseThrow(() -> new AssertionError(xid + " is not answered, these are: " + answers));
    }

    ConnectReply connection() {
        ConnectReply reply = connected;
        if (reply == null) {
            throw new AssertionError("no answer to the handshake, the connection's end is " + end);
        }
        return reply;
    }

    @Override
    public void connected(ConnectReply reply) {
        connected = reply;
    }

    @Override
    public int reply(int xid, long zxid, ErrorCode error, @Nullable Reply body) {
        answers.add(new Answer(xid, zxid, error, body));
        return 0;
    }

    @Override
    public int event(long zxid, WatchEvent event) {
        events.add(event);
        return 0;
    }

    @Override
    public void resume() {
        // Whoever sends in these tests does not wait to be read.
    }

    @Override
    public void closeAfterFlush() {
        if (end == End.NONE) {
            end = End.AFTER_FLUSH;
        }
    }

    @Override
    public void close() {
        if (end == End.NONE) {
            end = End.AT_ONCE;
        }
    }

    /** The socket is gone, as after a close or when the client has gone away. */
    void disconnect() {
        clients.disconnected(session());
    }

    @Override
    public String peerAddress() {
        return "127.0.0.1";
    }

    @Override
    public String peerName() {
        return "127.0.0.1:40000";
    }

    @Override
    public int interest() {
        return 1;
    }
}
