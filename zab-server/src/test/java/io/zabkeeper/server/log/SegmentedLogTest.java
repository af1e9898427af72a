package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedLogTest {
    private static final LogSettings SETTINGS =
            new LogSettings(256 << 10, 64 << 10, 2, 32 << 10, 0, 64 << 20, 5, 1L << 30);

    private final Told told = new Told();

    private static RecoveredLog recover(Disk disk) throws IOException {
        Identity identity = PlainLog.identify(disk);
        return LogRecovery.recover(disk, identity, 0, SETTINGS);
    }

    private SegmentedLog open(Disk disk) throws IOException {
        Identity identity = PlainLog.identify(disk);
        return SegmentedLog.open(disk, identity, LogRecovery.recover(disk, identity, 0, SETTINGS), SETTINGS, told);
    }

    private static List<Entry> entries(long count, int size) {
        List<Entry> entries = new ArrayList<>();
        for (long zxid = 1; zxid <= count; zxid++) {
            entries.add(PlainLog.entry(zxid, zxid - 1, size));
        }
        return entries;
    }

    @Test
    void reports_in_order_what_is_durable_and_finds_it_again(@TempDir Path dataDir) throws IOException {
        Disk disk = new RealDisk(dataDir);
        List<Entry> entries = entries(3_000, 500);
        try (SegmentedLog log = open(disk)) {
            log.append(1, List.of(new WalRecord.State(PlainLog.state(1, true))), 0);
            for (Entry entry : entries) {
                log.append(entry.zxid() + 1, List.of(new WalRecord.Append(entry)), entry.zxid() - 1);
            }
            told.awaitPersisted(3_001);
            assertThat(log.stats().records()).isGreaterThanOrEqualTo(3_001);
            assertThat(log.stats().syncs()).isLessThan(3_001);
            assertThat(log.stats().queueLength()).isZero();
            assertThat(log.stats().segments()).isGreaterThan(4);
        }

        RecoveredLog recovered = recover(disk);

        assertThat(recovered.entries()).isEqualTo(entries);
        assertThat(recovered.committed()).isEqualTo(2_999);
        assertThat(recovered.standing()).isEqualTo(Standing.VOTER);
        assertThat(recovered.isTailUncertain()).isFalse();
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void makes_durable_what_was_queued_when_it_is_closed() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        SegmentedLog log = open(disk);
        List<Entry> entries = entries(500, 200);
        for (Entry entry : entries) {
            log.append(entry.zxid(), List.of(new WalRecord.Append(entry)), 0);
        }
        log.close();
        log.append(501, List.of(PlainLog.append(501)), 0);
        disk.restartAfterPowerCut(1, 0);

        assertThat(told.persisted()).isEqualTo(500);
        assertThat(recover(disk).entries()).isEqualTo(entries);
    }

    @Test
    void takes_into_a_group_all_that_came_while_the_disk_was_busy() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (SegmentedLog log = open(disk)) {
            CountDownLatch stall = new CountDownLatch(1);
            disk.stallSyncs(stall);
            long before = log.stats().syncs();
            log.append(1, List.of(PlainLog.append(1, 10)), 0);
            Told.await(() -> log.stats().pendingSyncNanos(System.nanoTime()) > 0, "the first sync is under way");

            for (long zxid = 2; zxid <= 200; zxid++) {
                log.append(zxid, List.of(PlainLog.append(zxid, 10)), 0);
            }
            assertThat(log.stats().queueLength()).isEqualTo(200);
            assertThat(told.persisted()).isZero();
            stall.countDown();

            told.awaitPersisted(200);
            assertThat(log.stats().syncs() - before).isEqualTo(2);
        }
    }

    /** R-14, bug zoo 13 and 14, D4, D5. */
    @Test
    void stops_for_good_at_the_first_error_and_says_so_once() throws IOException {
        for (int changes = 0; changes < 60; changes++) {
            FaultyDisk disk = new FaultyDisk();
            Told heard = new Told();
            Identity identity = PlainLog.identify(disk);
            RecoveredLog recovered = LogRecovery.recover(disk, identity, 0, SETTINGS);
            try (SegmentedLog log = SegmentedLog.open(disk, identity, recovered, SETTINGS, heard)) {
                disk.failAfter(changes);
                long appended = 0;
                while (heard.failures().isEmpty() && appended < 5_000) {
                    appended++;
                    log.append(appended, List.of(PlainLog.append(appended, 900)), 0);
                    if (appended % 40 == 0) {
                        long wanted = appended;
                        Told.await(
                                () -> heard.persisted() >= wanted
                                        || !heard.failures().isEmpty(),
                                "durable or failed");
                    }
                }
                assertThat(heard.failures()).as("error at change " + changes).hasSize(1);
                log.append(appended + 1, List.of(PlainLog.append(appended + 1, 10)), 0);
            }
            long persisted = heard.persisted();
            disk.restartAfterPowerCut(changes, 0);

            assertThat(heard.failures()).as("error at change " + changes).hasSize(1);
            RecoveredLog found = recover(disk);
            assertThat(found.damage()).isEmpty();
            assertThat(found.entries()).hasSizeGreaterThanOrEqualTo((int) persisted);
        }
    }

    /** D8, D10: the spares are the reserve; then nothing is acknowledged, and it goes on when there is room again. */
    @Test
    void waits_for_room_on_a_full_disk_and_heals_by_itself() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.capacity(450_000);
        try (SegmentedLog log = open(disk)) {
            List<Entry> entries = entries(1_000, 1_000);
            for (Entry entry : entries) {
                log.append(entry.zxid(), List.of(new WalRecord.Append(entry)), 0);
            }
            Told.await(() -> log.stats().isDiskFull() && log.stats().roomBytes() < 64 << 10, "the disk is full");
            assertThat(told.persisted()).isLessThan(1_000);

            disk.capacity(100_000_000);

            told.awaitPersisted(1_000);
            Told.await(() -> !log.stats().isDiskFull(), "the disk is not full any more");
            assertThat(told.failures()).isEmpty();
        }
        assertThat(recover(disk).entries()).hasSize(1_000);
    }

    @Test
    void gives_up_what_it_cannot_write_when_it_is_closed_on_a_full_disk() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.capacity(300_000);
        SegmentedLog log = open(disk);
        for (long zxid = 1; zxid <= 1_000; zxid++) {
            log.append(zxid, List.of(PlainLog.append(zxid, 1_000)), 0);
        }
        log.close();

        assertThat(recover(disk).entries()).hasSizeGreaterThanOrEqualTo((int) told.persisted());
        assertThat(told.persisted()).isLessThan(1_000);
    }

    /** only up to the checkpoint before the last one, whole segments, and never the hard state. */
    @Test
    void deletes_what_two_checkpoints_made_superfluous() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (SegmentedLog log = open(disk)) {
            log.append(1, List.of(new WalRecord.State(PlainLog.state(1, true))), 0);
            for (long zxid = 1; zxid <= 2_000; zxid++) {
                log.append(zxid + 1, List.of(PlainLog.append(zxid, 900)), zxid);
            }
            told.awaitPersisted(2_001);
            log.release(new SnapshotMeta(1_500, 1, 1));
            log.release(new SnapshotMeta(1_900, 2, 1));
            Told.await(() -> !disk.exists(Segment.name(5)), "segments are deleted");
        }
        disk.restartAfterPowerCut(1, 0);

        Identity identity = PlainLog.identify(disk);
        RecoveredLog recovered = LogRecovery.recover(disk, identity, 1_900, SETTINGS);

        assertThat(recovered.matched(new SnapshotMeta(1_500, 1, 1)).damage()).isEmpty();
        assertThat(recovered.matched(new SnapshotMeta(1_900, 2, 1)).damage()).isEmpty();
        assertThat(recovered.hardState()).isEqualTo(PlainLog.state(1, true));
        assertThat(recovered.entries().get(0).zxid()).isBetween(1_000L, 1_501L);
        assertThat(recovered.lastLogged()).isEqualTo(2_000);
        assertThat(recovered.damage()).isEmpty();
    }

    @Test
    void keeps_a_tail_for_peers_that_lag_whatever_is_released() throws IOException {
        LogSettings keeping = new LogSettings(64 << 10, 64 << 10, 1, 32 << 10, 1 << 20, 64 << 20, 5, 1L << 30);
        FaultyDisk disk = new FaultyDisk();
        Identity identity = PlainLog.identify(disk);
        RecoveredLog empty = LogRecovery.recover(disk, identity, 0, keeping);
        try (SegmentedLog log = SegmentedLog.open(disk, identity, empty, keeping, told)) {
            for (long zxid = 1; zxid <= 4_000; zxid++) {
                log.append(zxid, List.of(PlainLog.append(zxid, 900)), zxid);
            }
            told.awaitPersisted(4_000);
            log.release(new SnapshotMeta(3_999, 1, 1));
            log.release(new SnapshotMeta(4_000, 2, 1));
            Told.await(() -> !disk.exists(Segment.name(2)), "segments are deleted");
        }

        RecoveredLog recovered = LogRecovery.recover(disk, PlainLog.identify(disk), 4_000, keeping);

        assertThat(recovered.entries()).hasSizeBetween(200, 2_000);
    }

    /** what one call appended survives together or not at all. */
    @Test
    void never_splits_a_call_that_fits_into_a_group() throws IOException {
        for (int cut = 0; cut < 40; cut++) {
            FaultyDisk disk = new FaultyDisk();
            SegmentedLog log = open(disk, new Told());
            disk.cutPowerAfter(cut);
            for (long zxid = 1; zxid <= 300; zxid += 3) {
                log.append(
                        zxid,
                        List.of(
                                PlainLog.append(zxid, 3_000),
                                PlainLog.append(zxid + 1, 4_000),
                                PlainLog.append(zxid + 2, 5_000)),
                        0);
            }
            log.close();
            disk.restartAfterPowerCut(cut, cut % 3 * 50);

            assertThat(recover(disk).entries().size() % 3).as("cut " + cut).isZero();
        }
    }

    private static SegmentedLog open(Disk disk, LogListener listener) throws IOException {
        Identity identity = PlainLog.identify(disk);
        RecoveredLog recovered = LogRecovery.recover(disk, identity, 0, SETTINGS);
        return SegmentedLog.open(disk, identity, recovered, SETTINGS, listener);
    }

    /** An idle log has no last group in doubt. */
    @Test
    void declares_the_last_group_durable_when_nothing_follows_for_a_while() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (SegmentedLog log = open(disk)) {
            log.append(1, List.of(PlainLog.append(1)), 0);
            told.awaitPersisted(1);
            long third = 3L * GroupHeader.PAGE;
            Told.await(
                    () -> {
                        try {
                            FaultyDisk copy = disk.copy();
                            copy.flip(Segment.name(1), third + 200, 1);
                            return recover(copy).damage().isPresent();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    "the mark is there");
        }
    }

    @Test
    void goes_on_over_many_restarts_of_all_kinds() throws IOException {
        Random random = new Random(42);
        FaultyDisk disk = new FaultyDisk();
        List<Entry> all = new ArrayList<>();
        for (int life = 0; life < 40; life++) {
            Told heard = new Told();
            SegmentedLog log = open(disk, heard);
            int count = random.nextInt(60);
            long first = all.size();
            for (long zxid = first + 1; zxid <= first + count; zxid++) {
                Entry entry = PlainLog.entry(zxid, zxid - 1, random.nextInt(3_000));
                log.append(zxid, List.of(new WalRecord.Append(entry)), 0);
                all.add(entry);
            }
            if (random.nextBoolean()) {
                log.close();
                disk.restart();
            } else {
                disk.cutPowerAfter(random.nextInt(30));
                log.close();
                disk.restartAfterPowerCut(life, 50);
            }
            RecoveredLog recovered = recover(disk);
            assertThat(recovered.damage()).as("life " + life).isEmpty();
            List<Entry> found = recovered.entries();
            assertThat(found).as("life " + life).isEqualTo(all.subList(0, Math.min(found.size(), all.size())));
            assertThat((long) found.size()).as("life " + life).isGreaterThanOrEqualTo(heard.persisted());
            all.subList(found.size(), all.size()).clear();
        }
        assertThat(all).hasSizeGreaterThan(200);
    }
}
