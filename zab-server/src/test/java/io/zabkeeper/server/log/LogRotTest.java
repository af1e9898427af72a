package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** D13, bug zoo 15: rot in what was acknowledged is found, and nothing is cut off because of it. */
class LogRotTest {
    private static FaultyDisk written(boolean orderlyEnd) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        PlainLog log = PlainLog.boot(disk);
        log.log(new WalRecord.State(PlainLog.state(1, true)));
        for (long zxid = 1; zxid <= 24; zxid++) {
            log.log(PlainLog.append(zxid, zxid % 5 == 0 ? 5_000 : 200));
        }
        log.writer.mark();
        if (orderlyEnd) {
            log.writer.finish();
        }
        disk.restartAfterPowerCut(1, 100);
        return disk;
    }

    @Test
    void finds_a_flipped_bit_wherever_it_matters_after_an_orderly_end() throws IOException {
        flipEverywhere(written(true));
    }

    @Test
    void finds_a_flipped_bit_wherever_it_matters_after_a_power_cut() throws IOException {
        flipEverywhere(written(false));
    }

    private static void flipEverywhere(FaultyDisk disk) throws IOException {
        List<Entry> whole = PlainLog.recover(disk.copy()).entries();
        assertThat(whole).hasSize(24);
        SplittableRandom random = new SplittableRandom(11);
        int found = 0;
        for (String plain : disk.list(Segment.DIRECTORY)) {
            String name = Segment.DIRECTORY + "/" + plain;
            int size = disk.bytes(name).length;
            for (int at = 0; at < size; at += at % FaultyDisk.PAGE < 100 ? 1 : 1 + random.nextInt(150)) {
                FaultyDisk rotten = disk.copy();
                rotten.flip(name, at, random.nextInt(8));
                RecoveredLog recovered = PlainLog.recover(rotten);
                String place = name + " at " + at;
                if (recovered.damage().isPresent()) {
                    found++;
                    assertThat(recovered.standing()).as(place).isEqualTo(Standing.AMNESIAC);
                } else {
                    assertThat(recovered.entries()).as(place).isEqualTo(whole);
                    assertThat(recovered.hardState()).as(place).isEqualTo(PlainLog.state(1, true));
                }
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }
}
