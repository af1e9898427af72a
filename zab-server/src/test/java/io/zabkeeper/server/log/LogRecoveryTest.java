package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decision table of {@code storage.md} section 4, row by row, and the Disk rows of {@code faults.md}. */
class LogRecoveryTest {
    private static final int PAGE = GroupHeader.PAGE;
    private static final String FIRST = Segment.name(1);
    private static final HardState VOTING = PlainLog.state(1, true);

    private static final LogSettings ROOMY = new LogSettings(1 << 20, 1 << 20, 1, 64 << 10, 0, 1 << 20, 50, 1 << 30);

    private final FaultyDisk disk = new FaultyDisk();

    private PlainLog boot() throws IOException {
        return PlainLog.boot(disk, SnapshotMeta.NONE, ROOMY);
    }

    private RecoveredLog recover() throws IOException {
        return LogRecovery.recover(disk, PlainLog.identify(disk), 0, ROOMY);
    }

    private static List<Long> zxids(RecoveredLog recovered) {
        return recovered.entries().stream().map(Entry::zxid).toList();
    }

    private PlainLog voterWithEntries(int count) throws IOException {
        PlainLog log = boot();
        log.log(new WalRecord.State(VOTING)); // At page 3.
        for (int zxid = 1; zxid <= count; zxid++) {
            log.log(PlainLog.append(zxid)); // At page 3 + zxid.
        }
        return log;
    }

    private void smear(long from, long to) throws IOException {
        byte[] bytes = disk.bytes(FIRST);
        Arrays.fill(bytes, (int) from, (int) to, (byte) 0x5a);
        disk.replace(FIRST, bytes);
    }

    private void zero(long from, long to) throws IOException {
        byte[] bytes = disk.bytes(FIRST);
        Arrays.fill(bytes, (int) from, (int) to, (byte) 0);
        disk.replace(FIRST, bytes);
    }

    @Test
    void finds_a_blank_disk() throws IOException {
        PlainLog log = boot();

        DurableImage image = log.image();

        assertThat(image.standing()).isEqualTo(Standing.BLANK);
        assertThat(image.hardState()).isEqualTo(HardState.INITIAL);
        assertThat(image.entries()).isEmpty();
        assertThat(boot().image().standing()).isEqualTo(Standing.BLANK);
    }

    @Test
    void finds_what_was_logged() throws IOException {
        PlainLog log = voterWithEntries(3);
        log.log(2, List.of(PlainLog.append(4), PlainLog.append(5)));

        DurableImage image = boot().image();

        assertThat(image.standing()).isEqualTo(Standing.VOTER);
        assertThat(image.hardState()).isEqualTo(VOTING);
        assertThat(image.entries())
                .containsExactly(
                        PlainLog.entry(1, 0, 100),
                        PlainLog.entry(2, 1, 100),
                        PlainLog.entry(3, 2, 100),
                        PlainLog.entry(4, 3, 100),
                        PlainLog.entry(5, 4, 100));
        assertThat(image.committed()).isEqualTo(2);
        assertThat(image.incarnation()).isGreaterThan(log.identity.incarnation() - 1);
    }

    /** */
    @Test
    void applies_truncations_and_snapshots_of_a_leader() throws IOException {
        PlainLog log = voterWithEntries(5);
        log.log(new WalRecord.Truncate(3));
        log.log(new WalRecord.Append(PlainLog.entry(8, 3, 10)));
        assertThat(zxids(recover())).containsExactly(1L, 2L, 3L, 8L);

        log = boot();
        log.log(new WalRecord.Snapshot(new SnapshotMeta(20, 7, 9), true), PlainLog.append(21));
        RecoveredLog recovered = recover();

        assertThat(zxids(recovered)).containsExactly(21L);
        assertThat(recovered.pendingInstall(8)).contains(new SnapshotMeta(20, 7, 9));
        assertThat(recovered.pendingInstall(20)).isEmpty();
        assertThat(recovered.matched(new SnapshotMeta(20, 7, 9)).damage()).isEmpty();
        assertThat(recovered.matched(new SnapshotMeta(8, 1, 1)).damage()).isPresent();
    }

    /** D1, D3, D12. */
    @Test
    void cuts_a_torn_tail_and_goes_on_there() throws IOException {
        voterWithEntries(3);
        smear(7 * PAGE, 9 * PAGE - 100);

        PlainLog log = boot();

        assertThat(zxids(log.recovered)).containsExactly(1L, 2L, 3L);
        assertThat(log.recovered.isTailUncertain()).isTrue();
        assertThat(log.image().standing()).isEqualTo(Standing.VOTER);
        assertThat(Arrays.copyOfRange(disk.bytes(FIRST), 7 * PAGE, 10 * PAGE)).containsOnly(0);
        log.log(PlainLog.append(4));
        assertThat(zxids(recover())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(recover().isTailUncertain()).isFalse();
    }

    /** D2: of one large group some pages are there and others not, the first among them. */
    @Test
    void takes_a_group_with_holes_for_a_torn_tail() throws IOException {
        PlainLog log = voterWithEntries(2);
        log.log(PlainLog.append(3, 5 * PAGE)); // From page 6 on.
        for (int lost : new int[] {6, 8, 11}) {
            FaultyDisk other = disk.copy();
            byte[] bytes = other.bytes(FIRST);
            Arrays.fill(bytes, lost * PAGE, (lost + 1) * PAGE, (byte) 0);
            other.replace(FIRST, bytes);

            RecoveredLog recovered = LogRecovery.recover(other, PlainLog.identify(other), 0, ROOMY);

            assertThat(recovered.damage()).isEmpty();
            assertThat(zxids(recovered)).containsExactly(1L, 2L);
            assertThat(Arrays.copyOfRange(other.bytes(FIRST), 6 * PAGE, 13 * PAGE))
                    .containsOnly(0);
        }
    }

    /** Without the intent a half-done cut might look like damage; with it the next boot completes it. */
    @Test
    void completes_a_cut_that_a_power_cut_came_into() throws IOException {
        voterWithEntries(3);
        smear(7 * PAGE, 40 * PAGE);
        Identity.open(disk, PlainLog.NODE, new java.util.Random(1), 0).cutBegins(1, 6 * PAGE);

        RecoveredLog recovered = recover();

        assertThat(zxids(recovered)).containsExactly(1L, 2L);
        assertThat(recovered.isTailUncertain()).isFalse();
        assertThat(Arrays.copyOfRange(disk.bytes(FIRST), 6 * PAGE, 50 * PAGE)).containsOnly(0);
    }

    /** D13, R-13, bug zoo 15. */
    @Test
    void leaves_a_damaged_log_as_it_is_and_says_where() throws IOException {
        voterWithEntries(4);
        disk.flip(FIRST, 5 * PAGE + 200, 3);
        byte[] before = disk.bytes(FIRST);

        RecoveredLog recovered = recover();

        assertThat(recovered.damage()).get().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo("/data/" + FIRST);
            assertThat(damage.offset()).isEqualTo(5 * PAGE);
            assertThat(damage.reason()).contains("the checksum of group 5 is wrong", "had been durable");
        });
        assertThat(recovered.standing()).isEqualTo(Standing.AMNESIAC);
        assertThat(recovered.isTailUncertain()).isFalse();
        assertThat(disk.bytes(FIRST)).isEqualTo(before);
    }

    /** D23. */
    @Test
    void takes_zeros_below_a_durable_mark_for_damage() throws IOException {
        voterWithEntries(4);
        zero(5 * PAGE, 6 * PAGE);

        assertThat(recover().damage())
                .get()
                .satisfies(damage -> assertThat(damage.offset()).isEqualTo(5 * PAGE));
    }

    /** The mark lags by one group: only the last one can be in doubt, and an idle log has none in doubt. */
    @Test
    void is_in_doubt_about_the_last_group_only_while_nothing_declares_it_durable() throws IOException {
        PlainLog log = voterWithEntries(4);
        FaultyDisk doubtful = disk.copy();
        doubtful.flip(FIRST, 7 * PAGE + 20, 1);
        log.writer.mark();
        FaultyDisk marked = disk.copy();
        marked.flip(FIRST, 7 * PAGE + 20, 1);
        log.writer.finish();
        disk.flip(FIRST, 7 * PAGE + 20, 1);
        disk.flip(FIRST, 8 * PAGE + 20, 1);

        RecoveredLog inDoubt = LogRecovery.recover(doubtful, PlainLog.identify(doubtful), 0, ROOMY);
        RecoveredLog idle = LogRecovery.recover(marked, PlainLog.identify(marked), 0, ROOMY);
        RecoveredLog ended = recover();

        assertThat(inDoubt.damage()).isEmpty();
        assertThat(inDoubt.isTailUncertain()).isTrue();
        assertThat(zxids(inDoubt)).containsExactly(1L, 2L, 3L);
        assertThat(idle.damage()).isPresent();
        assertThat(ended.damage()).isPresent();
    }

    @Test
    void knows_after_an_orderly_end_that_the_end_is_missing() throws IOException {
        PlainLog log = voterWithEntries(4);
        log.writer.finish();
        zero(7 * PAGE, 9 * PAGE);

        assertThat(recover().damage())
                .get()
                .satisfies(damage -> assertThat(damage.reason()).contains("group 7 had been durable"));
    }

    @Test
    void does_not_start_from_a_hole_behind_the_checkpoint() throws IOException {
        PlainLog log = voterWithEntries(0);
        log.log(new WalRecord.Snapshot(new SnapshotMeta(10, 1, 1), true));
        log.log(PlainLog.append(11));

        RecoveredLog gap = recover().matched(new SnapshotMeta(9, 1, 1));
        RecoveredLog behind = recover().matched(new SnapshotMeta(12, 1, 1));
        RecoveredLog beside = LogRecovery.recover(disk, log.identity, 0, ROOMY).matched(new SnapshotMeta(10, 1, 1));

        assertThat(gap.damage())
                .get()
                .satisfies(damage ->
                        assertThat(damage.reason()).isEqualTo("it begins behind 0xa, but the checkpoint is at 0x9"));
        assertThat(gap.standing()).isEqualTo(Standing.AMNESIAC);
        assertThat(behind.damage())
                .get()
                .satisfies(damage ->
                        assertThat(damage.reason()).isEqualTo("it ends at 0xb, before the checkpoint at 0xc"));
        assertThat(beside.damage()).isEmpty();
    }

    @Test
    void does_not_accept_a_checkpoint_at_a_position_that_the_log_skips() throws IOException {
        PlainLog log = voterWithEntries(2);
        log.log(new WalRecord.Append(PlainLog.entry(8, 2, 10)));

        assertThat(recover().matched(new SnapshotMeta(5, 1, 1)).damage()).isPresent();
        assertThat(recover().matched(new SnapshotMeta(2, 1, 1)).damage()).isEmpty();
    }

    /** ZK-261, bug zoo 16, D9. */
    @Test
    void entitles_a_disk_that_lost_its_log_to_nothing_until_it_is_re_admitted() throws IOException {
        voterWithEntries(3);
        disk.vanish(FIRST);

        PlainLog lost = boot();
        assertThat(lost.recovered.damage()).isPresent();
        assertThat(lost.image().standing()).isEqualTo(Standing.AMNESIAC);
        assertThat(lost.image().hardState().voter()).isFalse();

        PlainLog again = boot();
        assertThat(again.recovered.damage()).isEmpty();
        assertThat(again.image().standing()).isEqualTo(Standing.AMNESIAC);

        again.log(new WalRecord.State(PlainLog.state(4, true)));
        assertThat(boot().image().standing()).isEqualTo(Standing.VOTER);
    }

    /** D19, R-18: both slots bad, or the file gone. */
    @Test
    void entitles_a_disk_that_lost_its_identity_to_nothing_though_its_log_is_whole() throws IOException {
        voterWithEntries(3);
        disk.vanish(Identity.FILE);

        PlainLog lost = boot();
        assertThat(lost.identity.origin()).isEqualTo(Identity.Origin.LOST);
        assertThat(lost.image().standing()).isEqualTo(Standing.AMNESIAC);
        assertThat(lost.image().hardState()).isEqualTo(PlainLog.state(1, false));
        assertThat(zxids(lost.recovered)).containsExactly(1L, 2L, 3L);

        PlainLog again = boot();
        assertThat(again.image().standing()).isEqualTo(Standing.AMNESIAC);
        again.log(new WalRecord.State(PlainLog.state(4, true)));
        assertThat(boot().image().standing()).isEqualTo(Standing.VOTER);
    }

    /** Every power cut between the loss and the record that takes the vote away leaves the disk without a vote. */
    @Test
    void never_votes_between_a_loss_and_its_re_admission() throws IOException {
        voterWithEntries(3);
        for (String gone : List.of(FIRST, Identity.FILE)) {
            for (int cut = 0; cut < 60; cut++) {
                FaultyDisk other = disk.copy();
                other.vanish(gone);
                other.cutPowerAfter(cut);
                try {
                    PlainLog.boot(other, SnapshotMeta.NONE, ROOMY);
                } catch (FaultyDisk.PowerCutException expected) {
                    // At any change.
                }
                other.restartAfterPowerCut(cut, cut % 3 * 50);

                DurableImage image =
                        PlainLog.boot(other, SnapshotMeta.NONE, ROOMY).image();

                assertThat(image.standing()).as(gone + " lost, cut " + cut).isEqualTo(Standing.AMNESIAC);
                assertThat(image.hardState().voter())
                        .as(gone + " lost, cut " + cut)
                        .isFalse();
            }
        }
    }

    /** The other way round a crash takes no vote: it was never given. */
    @Test
    void makes_the_identity_know_of_the_vote_before_the_log_does() throws IOException {
        for (int cut = 0; cut < 12; cut++) {
            FaultyDisk other = new FaultyDisk();
            PlainLog log = PlainLog.boot(other, SnapshotMeta.NONE, ROOMY);
            other.cutPowerAfter(cut);
            try {
                log.log(new WalRecord.State(VOTING));
            } catch (FaultyDisk.PowerCutException expected) {
                // At any change.
            }
            other.restartAfterPowerCut(cut, 50);

            PlainLog next = PlainLog.boot(other, SnapshotMeta.NONE, ROOMY);

            boolean voter = next.image().hardState().voter();
            assertThat(next.identity.everVoted() || !voter).isTrue();
            assertThat(next.image().standing()).isIn(Standing.VOTER, Standing.BLANK, Standing.VOTER);
        }
    }

    @Test
    void sets_a_damaged_log_aside_and_begins_behind_the_checkpoint() throws IOException {
        PlainLog log = voterWithEntries(4);
        log.log(new WalRecord.Snapshot(new SnapshotMeta(2, 5, 6), false));
        disk.flip(FIRST, 5 * PAGE + 200, 3);
        byte[] damaged = disk.bytes(FIRST);

        PlainLog fresh = PlainLog.boot(disk, new SnapshotMeta(2, 5, 6), ROOMY);

        assertThat(disk.bytes("log.damaged.1/000000000001.seg")).isEqualTo(damaged);
        DurableImage image = fresh.recovered.image(new SnapshotMeta(2, 5, 6), PlainLog.MEMBERS);
        assertThat(image.standing()).isEqualTo(Standing.AMNESIAC);
        assertThat(image.lastLogged()).isEqualTo(2);
        assertThat(image.hardState().acceptedEpoch()).isEqualTo(1);
        assertThat(image.hardState().voter()).isFalse();

        fresh.log(PlainLog.append(3));
        RecoveredLog next = LogRecovery.recover(disk, PlainLog.identify(disk), 2, ROOMY);
        assertThat(next.matched(new SnapshotMeta(2, 5, 6)).damage()).isEmpty();
        assertThat(zxids(next)).containsExactly(3L);
        assertThat(next.standing()).isEqualTo(Standing.AMNESIAC);
    }

    /** D22. */
    @Test
    void finds_a_group_that_was_written_to_the_wrong_place() throws IOException {
        PlainLog log = voterWithEntries(4);
        log.writer.mark();
        byte[] bytes = disk.bytes(FIRST);
        System.arraycopy(bytes, 5 * PAGE, bytes, 6 * PAGE, PAGE);
        disk.replace(FIRST, bytes);

        assertThat(recover().damage())
                .get()
                .satisfies(damage -> assertThat(damage.offset()).isEqualTo(6 * PAGE));
    }

    @Test
    void refuses_a_log_of_a_newer_version() throws IOException {
        voterWithEntries(1);
        SegmentHeader newer = new SegmentHeader(2, PlainLog.NODE, 0, 1, 1, 1, 1, 1 << 20);
        byte[] bytes = disk.bytes(FIRST);
        ByteBuffer.wrap(bytes).put(newer.encode());
        disk.replace(FIRST, bytes);

        assertThatThrownBy(this::recover)
                .isInstanceOf(UnusableDirectoryException.class)
                .hasMessage("/data/" + FIRST + " has format version 2, this server knows up to 1");
    }

    @Test
    void does_not_take_segments_of_another_disk_for_its_own() throws IOException {
        voterWithEntries(1);
        FaultyDisk other = new FaultyDisk();
        Identity.open(other, PlainLog.NODE, new java.util.Random(99), 0);
        other.create(FIRST);
        other.replace(FIRST, disk.bytes(FIRST));

        RecoveredLog recovered = LogRecovery.recover(other, PlainLog.identify(other), 0, ROOMY);

        assertThat(recovered.damage())
                .get()
                .satisfies(damage -> assertThat(damage.reason()).contains("it was written by disk"));
    }

    /** Several segments, each of four pages at first. */
    private static FaultyDisk manySegments() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        PlainLog log = PlainLog.boot(disk);
        log.log(new WalRecord.State(VOTING));
        for (int zxid = 1; zxid <= 40; zxid++) {
            log.log(PlainLog.append(zxid));
        }
        log.writer.mark();
        disk.restart();
        assertThat(disk.list(Segment.DIRECTORY)).hasSizeGreaterThan(3);
        return disk;
    }

    /** D17. */
    @Test
    void finds_that_a_segment_in_the_middle_is_missing() throws IOException {
        FaultyDisk disk = manySegments();
        disk.vanish(Segment.name(2));

        RecoveredLog recovered = PlainLog.recover(disk);

        assertThat(recovered.damage()).isPresent();
        assertThat(recovered.standing()).isEqualTo(Standing.AMNESIAC);
    }

    /** D18. */
    @Test
    void finds_that_the_newest_segment_is_missing() throws IOException {
        FaultyDisk disk = manySegments();
        List<String> names = disk.list(Segment.DIRECTORY);
        disk.vanish(Segment.DIRECTORY + "/" + names.get(names.size() - 1));

        RecoveredLog recovered = PlainLog.recover(disk);

        assertThat(recovered.damage()).isPresent();
        assertThat(recovered.standing()).isEqualTo(Standing.AMNESIAC);
    }

    /** D27: what a purge left over is forgotten, and the segments behind the gap suffice. */
    @Test
    void does_not_need_segments_that_a_purge_took_in_odd_order() throws IOException {
        FaultyDisk disk = manySegments();
        long firstBehind = PlainLog.recover(disk.copy()).entries().stream()
                .mapToLong(Entry::zxid)
                .max()
                .orElseThrow();
        disk.vanish(Segment.name(2));

        RecoveredLog recovered = LogRecovery.recover(disk, PlainLog.identify(disk), firstBehind, PlainLog.SMALL);

        assertThat(recovered.damage()).isEmpty();
        assertThat(recovered.hardState()).isEqualTo(VOTING);
        assertThat(recovered.matched(new SnapshotMeta(firstBehind, 0, 0)).damage())
                .isEmpty();
        assertThat(recovered.entries()).isNotEmpty();
        assertThat(disk.exists(FIRST)).isFalse();
    }

    @Test
    void finds_that_the_header_of_a_segment_in_use_is_unreadable() throws IOException {
        FaultyDisk disk = manySegments();
        for (String plain : disk.list(Segment.DIRECTORY)) {
            FaultyDisk rotten = disk.copy();
            rotten.flip(Segment.DIRECTORY + "/" + plain, 30, 2);

            assertThat(PlainLog.recover(rotten).damage()).as(plain).isPresent();
        }
    }

    @Test
    void drops_a_spare_whose_header_is_unreadable() throws IOException {
        PlainLog log = voterWithEntries(1);
        SegmentHeader spare = new SegmentHeader(1, PlainLog.NODE, 0, 1, log.identity.diskId(), 5, 2, 1 << 16);
        disk.create(Segment.name(2));
        disk.replace(Segment.name(2), Arrays.copyOf(spare.encode().array(), 1 << 16));
        disk.flip(Segment.name(2), 30, 2);

        RecoveredLog recovered = recover();

        assertThat(recovered.damage()).isEmpty();
        assertThat(recovered.spares()).isEmpty();
        assertThat(disk.exists(Segment.name(2))).isFalse();
    }

    @Test
    void keeps_a_bounded_window_of_history_before_the_checkpoint_and_all_behind_it() throws IOException {
        voterWithEntries(20);
        LogSettings narrow = new LogSettings(1 << 20, 1 << 20, 1, 64 << 10, 0, 700, 50, 1 << 30);

        RecoveredLog recovered = LogRecovery.recover(disk, PlainLog.identify(disk), 15, narrow);

        assertThat(zxids(recovered)).containsExactly(13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
        assertThat(recovered.matched(new SnapshotMeta(15, 0, 0)).damage()).isEmpty();
    }

    @Test
    void refuses_entries_that_do_not_follow_each_other() throws IOException {
        PlainLog log = voterWithEntries(2);
        log.log(new WalRecord.Append(PlainLog.entry(9, 7, 10)));

        assertThat(recover().damage())
                .get()
                .satisfies(damage -> assertThat(damage.reason())
                        .isEqualTo("the entry 0x9<-0x7 does not follow 0x2, where the log stood"));
    }

    @Test
    void reads_a_record_that_is_larger_than_the_window_and_than_a_segment() throws IOException {
        PlainLog log = PlainLog.boot(disk);
        log.log(PlainLog.append(1), PlainLog.append(2, 3 << 20), PlainLog.append(3));
        log.log(PlainLog.append(4));

        RecoveredLog recovered = PlainLog.recover(disk);

        List<Entry> expected = new ArrayList<>();
        expected.add(PlainLog.entry(1, 0, 100));
        expected.add(PlainLog.entry(2, 1, 3 << 20));
        expected.add(PlainLog.entry(3, 2, 100));
        expected.add(PlainLog.entry(4, 3, 100));
        assertThat(recovered.entries()).isEqualTo(expected);
    }
}
