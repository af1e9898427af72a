package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** after a power cut at any operation the log is a prefix of what was appended, with all that was confirmed. */
class LogCrashTest {
    private static final int GROUPS = 30;

    /** What the records amount to, said a second time and simply. */
    private record History(List<Entry> entries, HardState state, SnapshotMeta snapshot) {
        static final History EMPTY = new History(List.of(), HardState.INITIAL, SnapshotMeta.NONE);

        History with(WalRecord record) {
            if (record instanceof WalRecord.Append append) {
                List<Entry> longer = new ArrayList<>(entries);
                longer.add(append.entry());
                return new History(longer, state, snapshot);
            }
            if (record instanceof WalRecord.Truncate truncate) {
                return new History(
                        entries.stream()
                                .filter(entry -> entry.zxid() <= truncate.last())
                                .toList(),
                        state,
                        snapshot);
            }
            if (record instanceof WalRecord.State newState) {
                return new History(entries, newState.state(), snapshot);
            }
            WalRecord.Snapshot mark = (WalRecord.Snapshot) record;
            return new History(mark.replacesHistory() ? List.of() : entries, state, mark.meta());
        }

        static History of(RecoveredLog log) {
            return new History(log.entries(), log.hardState(), log.snapshot());
        }
    }

    /** Draws groups of records that a core could have written. */
    private static final class Script {
        private final SplittableRandom random;
        private final List<Long> positions = new ArrayList<>(List.of(0L));
        private long counter;
        private long epoch;

        Script(long seed) {
            random = new SplittableRandom(seed);
        }

        List<WalRecord> group() {
            List<WalRecord> records = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                records.add(record());
            }
            return records;
        }

        private WalRecord record() {
            long last = positions.get(positions.size() - 1);
            switch (random.nextInt(12)) {
                case 0 -> {
                    epoch++;
                    return new WalRecord.State(PlainLog.state(epoch, epoch > 1));
                }
                case 1 -> {
                    int keep = 1 + random.nextInt(positions.size());
                    positions.subList(keep, positions.size()).clear();
                    return new WalRecord.Truncate(positions.get(keep - 1));
                }
                case 2 -> {
                    positions.subList(0, positions.size() - 1).clear(); // Committed, hence never truncated.
                    return new WalRecord.Snapshot(new SnapshotMeta(last, random.nextLong(), 3), false);
                }
                case 3 -> {
                    if (random.nextInt(3) > 0) {
                        return append(last);
                    }
                    counter += 10;
                    positions.clear();
                    positions.add(counter);
                    return new WalRecord.Snapshot(new SnapshotMeta(counter, random.nextLong(), 3), true);
                }
                default -> {
                    return append(last);
                }
            }
        }

        private WalRecord append(long last) {
            counter++;
            positions.add(counter);
            int size = random.nextInt(4) == 0 ? random.nextInt(12_000) : random.nextInt(300);
            return new WalRecord.Append(PlainLog.entry(counter, last, size));
        }
    }

    /** One member's life on one disk; what it appended, and how many records of that were confirmed. */
    private static final class Life {
        private final FaultyDisk disk;
        private final List<WalRecord> appended = new ArrayList<>();
        private int confirmed;

        Life(FaultyDisk disk) {
            this.disk = disk;
        }

        void run(long seed) throws IOException {
            Script script = new Script(seed);
            SplittableRandom random = new SplittableRandom(seed + 1);
            PlainLog log = PlainLog.boot(disk);
            for (int i = 0; i < GROUPS; i++) {
                List<WalRecord> group = script.group();
                appended.addAll(group);
                log.log(0, group);
                confirmed = appended.size();
                if (random.nextInt(4) == 0) {
                    log.writer.mark();
                }
                if (random.nextInt(10) == 0) {
                    if (random.nextBoolean()) {
                        log.writer.mark();
                        log.writer.finish();
                    }
                    log = PlainLog.boot(disk);
                    assertThat(log.recovered.damage()).isEmpty();
                }
            }
        }

        /** All histories that may be found now. */
        List<History> possible() {
            List<History> possible = new ArrayList<>();
            History history = History.EMPTY;
            for (int i = 0; i <= appended.size(); i++) {
                if (i >= confirmed) {
                    possible.add(history);
                }
                if (i < appended.size()) {
                    history = history.with(appended.get(i));
                }
            }
            return possible;
        }
    }

    @Test
    void keeps_all_that_was_confirmed_and_invents_nothing_whenever_the_power_is_cut() throws IOException {
        for (long seed = 1; seed <= 6; seed++) {
            FaultyDisk whole = new FaultyDisk();
            new Life(whole).run(seed);
            long operations = whole.operations();
            for (long cut = 0; cut < operations; cut++) {
                crashAndCheck(seed, cut, (int) (cut % 3) * 50);
            }
        }
    }

    private static void crashAndCheck(long seed, long cut, int keepPercent) throws IOException {
        String replay = "seed " + seed + ", power cut after " + cut + " changes, " + keepPercent + " % of pages kept";
        Life life = new Life(new FaultyDisk());
        life.disk.cutPowerAfter(cut);
        try {
            life.run(seed);
        } catch (FaultyDisk.PowerCutException expected) {
            // At any operation.
        }
        life.disk.restartAfterPowerCut(seed * 1_000_003 + cut, keepPercent);

        RecoveredLog recovered = recoverDespiteMorePowerCuts(life.disk, cut, keepPercent);

        assertThat(recovered.damage()).as(replay).isEmpty();
        History found = History.of(recovered);
        assertThat(life.possible()).as(replay).contains(found);
        assertThat(recovered.standing())
                .as(replay)
                .isIn(found.state().voter() ? List.of(Standing.VOTER) : List.of(Standing.VOTER, Standing.BLANK));

        PlainLog next = PlainLog.boot(life.disk);
        assertThat(History.of(next.recovered)).as(replay).isEqualTo(found);
        next.log(new WalRecord.State(PlainLog.state(1_000, true)));
        life.disk.restartAfterPowerCut(cut, 0);
        assertThat(PlainLog.recover(life.disk).hardState().acceptedEpoch())
                .as(replay)
                .isEqualTo(1_000);
    }

    /** Recovery writes too. Cuts the power in it, at first early and then later, until it comes through. */
    private static RecoveredLog recoverDespiteMorePowerCuts(FaultyDisk disk, long seed, int keepPercent)
            throws IOException {
        for (int changes = (int) (seed % 2); ; changes += 2) {
            disk.cutPowerAfter(changes);
            try {
                RecoveredLog recovered = PlainLog.recover(disk);
                disk.restart();
                return recovered;
            } catch (FaultyDisk.PowerCutException e) {
                disk.restartAfterPowerCut(seed + changes, keepPercent);
            }
        }
    }

    /** what was read after a failed sync may exist in memory alone. */
    @Test
    void makes_the_tail_durable_again_before_it_is_relied_on() throws IOException {
        for (int changes = 1; changes < 40; changes++) {
            FaultyDisk disk = new FaultyDisk();
            PlainLog log = PlainLog.boot(disk);
            log.log(PlainLog.append(1));
            disk.failAfter(changes);
            try {
                log.log(PlainLog.append(2));
                log.log(PlainLog.append(3));
                log.log(PlainLog.append(4));
            } catch (IOException expected) {
                assertThat(expected).hasMessage("Input/output error");
            }
            disk.restart();

            List<Entry> found = PlainLog.recover(disk).entries();
            disk.restartAfterPowerCut(changes, 0);

            RecoveredLog again = PlainLog.recover(disk);
            assertThat(again.damage()).as("error at change " + changes).isEmpty();
            assertThat(again.entries())
                    .as("error at change " + changes)
                    .isEqualTo(found)
                    .isNotEmpty();
        }
    }
}
