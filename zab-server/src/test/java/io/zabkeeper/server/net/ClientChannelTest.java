package io.zabkeeper.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.codec.CodecTargets;
import io.zabkeeper.wire.fuzz.Allocation;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** One connection, byte by byte. */
class ClientChannelTest {
    private static final int DATA_SIZE = 20_000;

    private final CountingAllocator allocator = new CountingAllocator();
    private final EmbeddedMember member = new EmbeddedMember(allocator, new ClientTargets.CannedWords(allocator));

    /** Each piece was copied together with all before it: a megabyte in small pieces kept the loop busy for minutes. */
    @Test
    void a_frame_in_many_pieces_costs_no_more_than_it_is_long() {
        EmbeddedMember.Client client = member.connect();
        client.send(ClientTargets.framed(CodecTargets.connectRequests().get(0)));
        client.answers();
        byte[] body = ByteBuffer.allocate(6 + 4 + DATA_SIZE + 4)
                .putInt(2)
                .put((byte) '/')
                .put((byte) 'a')
                .putInt(DATA_SIZE)
                .array();
        byte[] frame = ClientTargets.request(7, OpCode.SET_DATA, body);
        long before = Allocation.ofThisThread();

        for (byte one : frame) {
            client.send(new byte[] {one});
        }

        assertThat(Allocation.ofThisThread() - before).isLessThan(1_000L * frame.length);
        ByteBuffer answer = ByteBuffer.wrap(client.answers());
        assertThat(answer.getInt(4)).as("xid").isEqualTo(7);
        assertThat(answer.getInt(16)).as("no node").isEqualTo(-101);
        client.close();
        assertThat(member.unreleasedBuffers()).isZero();
    }
}
