package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.CLUSTER;
import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.entry;
import static io.zabkeeper.consensus.zab.Rig.voter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage.Ack;
import io.zabkeeper.consensus.zab.ZabMessage.LeaderInfo;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeader;
import io.zabkeeper.consensus.zab.ZabMessage.NewLeaderAck;
import io.zabkeeper.consensus.zab.ZabMessage.Proposal;
import io.zabkeeper.consensus.zab.ZabMessage.SyncAck;
import io.zabkeeper.consensus.zab.ZabMessage.SyncMismatch;
import io.zabkeeper.consensus.zab.ZabMessage.SyncMode;
import io.zabkeeper.consensus.zab.ZabMessage.SyncStart;
import io.zabkeeper.consensus.zab.ZabMessage.UpToDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowerSynchronizationTest {
    private static final List<Entry> OWN = entries(4, 3, 0);
    private static final Entry NEXT = entry(Zxid.of(4, 4), Zxid.of(4, 3));

    /** A learner of leader 3 with three entries of epoch 4 that has promised epoch 5; the log is at sequence 1. */
    private static Rig promised(long committed) {
        DurableImage image = Rig.image(voter(4, THREE, 4), OWN);
        Rig rig = Rig.turning(
                ONE,
                THREE,
                new DurableImage(
                        image.hardState(),
                        image.snapshot(),
                        OWN,
                        committed,
                        1,
                        image.standing(),
                        image.configuration()));
        rig.receive(THREE, new LeaderInfo(5, rig.nonce, CLUSTER, 4));
        rig.persisted(1);
        return rig;
    }

    private static List<Effect> start(Rig rig, SyncMode mode, long zxid) {
        return rig.receive(THREE, new SyncStart(5, rig.nonce, mode, zxid));
    }

    @Test
    void a_difference_is_accepted_only_at_the_end_of_its_log() {
        Rig rig = promised(0);

        assertThat(start(rig, SyncMode.DIFF, Zxid.of(4, 2)))
                .containsExactly(new Effect.Send(THREE, new SyncMismatch(5, rig.nonce, Zxid.of(4, 3)), 0));
        assertThat(start(rig, SyncMode.DIFF, Zxid.of(4, 3)))
                .containsExactly(new Effect.Send(THREE, new SyncAck(5, rig.nonce, Zxid.of(4, 3)), 1));
    }

    @Test
    void a_cut_is_logged_before_it_is_acknowledged() {
        Rig rig = promised(Zxid.of(4, 1));

        assertThat(start(rig, SyncMode.TRUNC, Zxid.of(4, 2)))
                .containsExactly(
                        new Effect.Wal(2, List.of(new WalRecord.Truncate(Zxid.of(4, 2)))),
                        new Effect.Send(THREE, new SyncAck(5, rig.nonce, Zxid.of(4, 2)), 2));
    }

    /** Z-30. */
    @Test
    void a_repeated_cut_does_not_take_away_what_was_logged_since() {
        Rig rig = promised(0);
        start(rig, SyncMode.TRUNC, Zxid.of(4, 2));
        rig.receive(THREE, new Proposal(5, rig.nonce, 0, List.of(OWN.get(2), NEXT)));

        assertThat(start(rig, SyncMode.TRUNC, Zxid.of(4, 2)))
                .containsExactly(new Effect.Send(THREE, new SyncAck(5, rig.nonce, Zxid.of(4, 4)), 3));
    }

    /** Section 2.4. */
    @Test
    void a_cut_below_the_commit_point_stops_the_member() {
        Rig rig = promised(Zxid.of(4, 3));

        assertThatThrownBy(() -> start(rig, SyncMode.TRUNC, Zxid.of(4, 2)))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessageContaining("0x400000002")
                .hasMessageContaining("0x400000003");
    }

    @Test
    void a_cut_at_a_position_that_it_does_not_have_is_refused() {
        Rig rig = promised(0);

        assertThat(start(rig, SyncMode.TRUNC, Zxid.of(3, 1)))
                .containsExactly(new Effect.Send(THREE, new SyncMismatch(5, rig.nonce, Zxid.of(4, 3)), 0));
    }

    /** R-6, ZK-3911, ZK-4643: entries, then the epoch, then the ack. */
    @Test
    void the_epoch_is_logged_behind_the_entries_and_acknowledged_when_both_are_durable() {
        Rig rig = promised(0);
        start(rig, SyncMode.DIFF, Zxid.of(4, 3));

        assertThat(rig.receive(THREE, new Proposal(5, rig.nonce, 0, List.of(NEXT))))
                .containsExactly(
                        new Effect.Wal(2, List.of(new WalRecord.Append(NEXT))),
                        new Effect.Send(THREE, new SyncAck(5, rig.nonce, NEXT.zxid()), 2));
        assertThat(rig.receive(THREE, new NewLeader(5, rig.nonce, NEXT.zxid(), CLUSTER)))
                .containsExactly(
                        new Effect.Wal(3, List.of(new WalRecord.State(voter(5, THREE, 5)))),
                        new Effect.Send(THREE, new NewLeaderAck(5, rig.nonce, NEXT.zxid()), 3));
    }

    /** Z-10, Z-12, ZK-2355. */
    @Test
    void newleader_before_the_history_that_it_confirms_changes_nothing() {
        Rig rig = promised(0);
        start(rig, SyncMode.DIFF, Zxid.of(4, 3));

        assertThat(rig.receive(THREE, new NewLeader(5, rig.nonce, NEXT.zxid(), CLUSTER)))
                .isEmpty();
    }

    /** Section 2.4 step 4, Z-21. */
    @Test
    void entries_are_acknowledged_as_such_only_behind_newleader() {
        Rig rig = promised(0);
        start(rig, SyncMode.DIFF, Zxid.of(4, 3));
        rig.receive(THREE, new NewLeader(5, rig.nonce, Zxid.of(4, 3), CLUSTER));

        assertThat(rig.receive(THREE, new Proposal(5, rig.nonce, 0, List.of(NEXT))))
                .containsExactly(
                        new Effect.Wal(3, List.of(new WalRecord.Append(NEXT))),
                        new Effect.Send(THREE, new Ack(5, rig.nonce, NEXT.zxid()), 3));
    }

    @Test
    void uptodate_commits_delivers_and_serves() {
        Rig rig = promised(Zxid.of(4, 1));
        start(rig, SyncMode.DIFF, Zxid.of(4, 3));
        rig.receive(THREE, new NewLeader(5, rig.nonce, Zxid.of(4, 3), CLUSTER));
        rig.persisted(2);

        assertThat(rig.receive(THREE, new UpToDate(5, rig.nonce, Zxid.of(4, 3))))
                .containsExactly(
                        new Effect.Deliver(OWN.subList(1, 3)), new Effect.RoleChanged(Role.FOLLOWING, 5, THREE, true));
    }

    @Test
    void uptodate_before_its_ack_is_durable_is_not_believed() {
        Rig rig = promised(0);
        start(rig, SyncMode.DIFF, Zxid.of(4, 3));
        rig.receive(THREE, new NewLeader(5, rig.nonce, Zxid.of(4, 3), CLUSTER));

        assertThat(rig.receive(THREE, new UpToDate(5, rig.nonce, Zxid.of(4, 3))))
                .isEmpty();
    }

    /** */
    @Test
    void a_snapshot_replaces_the_log_in_one_group_and_is_installed_when_that_is_durable() {
        Rig rig = promised(0);
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(5, 9), 1, 2);
        SnapshotId id = new SnapshotId(THREE, 5, rig.nonce, meta.zxid());

        assertThat(start(rig, SyncMode.SNAP, meta.zxid())).isEmpty();
        assertThat(rig.step(new Event.SnapshotStaged(id, meta)))
                .containsExactly(new Effect.Wal(
                        2, List.of(new WalRecord.Snapshot(meta, true), new WalRecord.State(voter(5, THREE, 4)))));
        assertThat(rig.persisted(2)).containsExactly(new Effect.InstallSnapshot(id, meta));
        assertThat(rig.step(new Event.SnapshotInstalled(id, meta)))
                .containsExactly(new Effect.Send(THREE, new SyncAck(5, rig.nonce, meta.zxid()), 2));
        assertThat(rig.status().delivered()).isEqualTo(meta.zxid());
    }

    @Test
    void a_snapshot_may_come_before_its_announcement() {
        Rig rig = promised(0);
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(5, 9), 1, 2);
        SnapshotId id = new SnapshotId(THREE, 5, rig.nonce, meta.zxid());

        assertThat(rig.step(new Event.SnapshotStaged(id, meta)))
                .hasSize(1)
                .first()
                .isInstanceOf(Effect.Wal.class);
    }

    @Test
    void a_snapshot_of_another_attempt_is_thrown_away() {
        Rig rig = promised(0);
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(5, 9), 1, 2);
        SnapshotId id = new SnapshotId(THREE, 5, rig.nonce + 1, meta.zxid());
        start(rig, SyncMode.SNAP, meta.zxid());

        assertThat(rig.step(new Event.SnapshotStaged(id, meta))).containsExactly(new Effect.AbortSnapshot(id));
    }

    @Test
    void a_late_announcement_of_an_earlier_snapshot_does_not_bring_it_back() {
        Rig rig = promised(0);
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(5, 9), 1, 2);
        SnapshotId earlier = new SnapshotId(THREE, 5, rig.nonce, Zxid.of(5, 8));
        SnapshotId later = new SnapshotId(THREE, 5, rig.nonce, meta.zxid());
        start(rig, SyncMode.SNAP, earlier.zxid());

        assertThat(start(rig, SyncMode.SNAP, later.zxid())).containsExactly(new Effect.AbortSnapshot(earlier));
        assertThat(start(rig, SyncMode.SNAP, earlier.zxid())).isEmpty();
        assertThat(rig.step(new Event.SnapshotStaged(later, meta)))
                .hasSize(1)
                .first()
                .isInstanceOf(Effect.Wal.class);
    }

    /** */
    @Test
    void a_snapshot_from_before_the_commit_point_is_not_installed() {
        Rig rig = promised(Zxid.of(4, 3));
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(4, 2), 1, 2);
        SnapshotId id = new SnapshotId(THREE, 5, rig.nonce, meta.zxid());
        start(rig, SyncMode.SNAP, meta.zxid());

        assertThat(rig.step(new Event.SnapshotStaged(id, meta)))
                .containsExactly(
                        new Effect.AbortSnapshot(id), new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false));
    }

    /** ZK-3642: once the marker is logged the installation goes on, whatever becomes of the attempt. */
    @Test
    void a_logged_snapshot_is_installed_even_if_the_leader_is_lost() {
        Rig rig = promised(0);
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(5, 9), 1, 2);
        SnapshotId id = new SnapshotId(THREE, 5, rig.nonce, meta.zxid());
        start(rig, SyncMode.SNAP, meta.zxid());
        rig.step(new Event.SnapshotStaged(id, meta));

        assertThat(rig.step(new Event.LinkChanged(THREE, 1, false)))
                .containsExactly(new Effect.RoleChanged(Role.LOOKING, 4, NodeId.NONE, false));
        assertThat(rig.persisted(2)).containsExactly(new Effect.InstallSnapshot(id, meta));
    }
}
