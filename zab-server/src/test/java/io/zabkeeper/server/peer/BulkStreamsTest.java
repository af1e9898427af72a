package io.zabkeeper.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.tree.TreeTargets;
import io.zabkeeper.wire.fuzz.Allocation;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The receiving end of a snapshot and what no leader sends; each was found by a campaign. */
class BulkStreamsTest {
    private final TreeTargets.Snapshot snapshot = TreeTargets.snapshots().get(2);
    private final EmbeddedMesh mesh = new EmbeddedMesh();
    private final EmbeddedMesh.Link leader = mesh.connect();

    @AfterEach
    void close() {
        leader.close();
        mesh.close();
        assertThat(mesh.unreleasedBuffers()).isZero();
    }

    private void begin() {
        leader.send(PeerTargets.sealed(PeerTargets.hello(2, 22, true)));
        leader.send(PeerTargets.sealed(PeerTargets.beginning(snapshot)));
        assertThat(leader.isOpen()).isTrue();
    }

    private static byte[] recordOf(int lengthAnnounced) {
        return ByteBuffer.allocate(16)
                .put((byte) 2)
                .put((byte) 1)
                .putLong(1)
                .putInt(lengthAnnounced)
                .putShort((short) 0)
                .array();
    }

    @Test
    void a_whole_snapshot_is_taken_in() {
        begin();

        leader.send(PeerTargets.sealed(PeerTargets.records(snapshot)));
        leader.send(PeerTargets.sealed(PeerTargets.end(snapshot)));

        assertThat(leader.isOpen()).isTrue();
        assertThat(mesh.staged()).isEqualTo(1);
    }

    /** 185 bytes made a member ask for 16 MiB, and could have asked for two gigabytes: the end of the process. */
    @Test
    void a_length_that_the_frame_does_not_hold_costs_nothing_and_ends_the_transfer() {
        begin();
        byte[] frame = PeerTargets.sealed(recordOf(0x0100_0000));
        long before = Allocation.ofThisThread();

        leader.send(frame);

        assertThat(Allocation.ofThisThread() - before).isLessThan(2_000_000);
        assertThat(leader.isOpen()).isFalse();
        assertThat(mesh.stages()).isZero();
    }

    /** Otherwise the leader goes on sending to somebody who has stopped reading, until its patience ends. */
    @Test
    void a_transfer_that_cannot_be_taken_in_ends_its_connection() {
        begin();

        leader.send(PeerTargets.sealed(recordOf(-1)));

        assertThat(leader.isOpen()).isFalse();
        assertThat(mesh.stages()).isZero();
    }

    /** Each beginning left an entry behind that nobody removed. */
    @Test
    void a_second_beginning_ends_the_connection() {
        begin();

        leader.send(PeerTargets.sealed(PeerTargets.beginning(snapshot)));

        assertThat(leader.isOpen()).isFalse();
    }

    /** They would have changed a state whose digest has been compared already. */
    @Test
    void records_behind_the_end_end_the_connection() {
        begin();
        leader.send(PeerTargets.sealed(PeerTargets.records(snapshot)));
        leader.send(PeerTargets.sealed(PeerTargets.end(snapshot)));

        leader.send(PeerTargets.sealed(PeerTargets.records(snapshot)));

        assertThat(leader.isOpen()).isFalse();
    }

    @Test
    void a_mark_that_is_cut_short_ends_the_connection() {
        leader.send(PeerTargets.sealed(PeerTargets.hello(2, 22, true)));

        leader.send(PeerTargets.sealed(new byte[] {1, 0, 0}));

        assertThat(leader.isOpen()).isFalse();
    }

    @Test
    void nothing_behind_a_damaged_part_is_looked_at() {
        begin();

        leader.send(PeerTargets.together(
                PeerTargets.sealed(new byte[] {3, 0}),
                PeerTargets.sealed(PeerTargets.records(snapshot)),
                PeerTargets.sealed(PeerTargets.end(snapshot))));

        assertThat(leader.isOpen()).isFalse();
        assertThat(mesh.staged()).isZero();
    }
}
