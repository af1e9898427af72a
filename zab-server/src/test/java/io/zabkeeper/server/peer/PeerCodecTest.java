package io.zabkeeper.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.zab.Vote;
import io.zabkeeper.consensus.zab.ZabMessage;
import io.zabkeeper.server.peer.proto.PeerMessage;
import io.zabkeeper.server.peer.proto.SyncStart;
import io.zabkeeper.server.replica.ReplicaMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerCodecTest {
    private static final ProposalId ID = new ProposalId(new NodeId(3), 7, 11);
    private static final Payload PAYLOAD = new Payload(new byte[] {1, 2, 3});

    static final List<Message> SAMPLES = List.of(
            new ZabMessage.Notification(
                    Role.LEADING,
                    5,
                    new Vote(new NodeId(2), 4, 0x400000003L),
                    Vote.NOBODY,
                    NodeSet.ofValues(1, 255),
                    -1,
                    Long.MAX_VALUE,
                    true,
                    false,
                    true),
            new ZabMessage.FollowerInfo(9, 3, -5, true),
            new ZabMessage.LeaderInfo(4, 9, -5, 3),
            new ZabMessage.AckEpoch(4, 9, true, 3, 0x300000001L),
            new ZabMessage.SyncStart(4, 9, ZabMessage.SyncMode.SNAP, 0x300000001L),
            new ZabMessage.SyncMismatch(4, 9, 0x300000002L),
            new ZabMessage.SyncAck(4, 9, 0x300000002L),
            new ZabMessage.NewLeader(4, 9, 0x300000002L, -5),
            new ZabMessage.NewLeaderAck(4, 9, 0x300000002L),
            new ZabMessage.UpToDate(4, 9, 0x300000002L),
            new ZabMessage.Proposal(
                    4,
                    9,
                    0x300000002L,
                    List.of(new Entry(0x400000001L, 0x300000002L, 1_700_000_000_000L, ID, PAYLOAD))),
            new ZabMessage.Ack(4, 9, 0x400000001L),
            new ZabMessage.Gap(4, 9, 0x400000001L),
            new ZabMessage.Commit(4, 9, 0x400000001L),
            new ZabMessage.Ping(4, 9, 77, 0x400000001L),
            new ZabMessage.Pong(4, 9, 77, 0x400000001L, 0x400000001L, true),
            new ZabMessage.Readmitted(4, 9),
            new ReplicaMessage.Forward(4, List.of(new Proposal(ID, 0, PAYLOAD), new Proposal(ID, 0, Payload.EMPTY))),
            new ReplicaMessage.ForwardRejected(List.of(1L, 2L)),
            new ReplicaMessage.BarrierRequest(3),
            new ReplicaMessage.BarrierReply(3, 0x400000001L),
            new ReplicaMessage.Heard(List.of(new ReplicaMessage.Touch(-9, 55))));

    @Test
    void every_message_comes_back_as_it_was() throws IOException {
        for (Message message : SAMPLES) {
            assertThat(PeerCodec.decode(PeerCodec.encode(message).toByteArray()))
                    .isEqualTo(message);
        }
    }

    /** A16. */
    @Test
    void there_is_a_sample_of_every_message() {
        List<Class<?>> kinds = new ArrayList<>();
        Stream.concat(
                        Arrays.stream(ZabMessage.class.getPermittedSubclasses()),
                        Arrays.stream(ReplicaMessage.class.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .forEach(kinds::add);

        assertThat(SAMPLES.stream().map(Object::getClass))
                .containsAll(
                        kinds.stream().filter(Message.class::isAssignableFrom).toList());
    }

    @Test
    void a_value_out_of_range_is_a_damaged_frame() {
        byte[] unknownMode = PeerMessage.newBuilder()
                .setSyncStart(SyncStart.newBuilder().setMode(17))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> PeerCodec.decode(unknownMode)).isInstanceOf(DamagedFrameException.class);
        assertThatThrownBy(() -> PeerCodec.decode(new byte[0])).isInstanceOf(DamagedFrameException.class);
    }

    /** M8: whatever comes in, the answer is a message or an {@link IOException}. */
    @Test
    void garbage_never_gets_further_than_the_codec() {
        SplittableRandom random = new SplittableRandom(20261123);
        int decoded = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = PeerCodec.encode(SAMPLES.get(random.nextInt(SAMPLES.size())))
                    .toByteArray();
            for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            try {
                PeerCodec.decode(cut);
                decoded++;
            } catch (IOException damaged) {
                refused++;
            }
        }
        assertThat(decoded).isPositive();
        assertThat(refused).isPositive();
    }
}
