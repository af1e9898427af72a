package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {
    private static final int ROUNDS = 5;

    @TempDir
    Path directory;

    /** P1, D28: what was acknowledged is there, and whatever is there is the state at one position. */
    @Test
    void leaves_the_state_of_exactly_one_cut() throws Exception {
        long seed = System.nanoTime();
        RandomGenerator random = Model.random(seed);
        Path store = directory.resolve("store");
        Model model = new Model();
        long stands = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + seed + ", round " + round;
            Process process = StoreProcess.start(store, "write", store.toString(), Long.toString(seed));
            long from = stands;
            int enough = 3 + random.nextInt(12);
            await(process, what, () -> lastNumber(store) >= from + enough);
            // Not at the end of a cut, but somewhere within the next ones.
            long until = System.nanoTime() + random.nextLong(30_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            long acknowledged = lastNumber(store);

            Model read = new Model();
            SnapshotMeta loaded;
            try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(store)) {
                loaded = checkpoints.load(read);
            }
            assertThat(loaded.zxid()).as(what).isBetween(acknowledged, acknowledged + 1);
            while (stands < loaded.zxid()) {
                stands++;
                StoreProcess.step(model, seed, stands);
            }
            assertThat(read).as(what).isEqualTo(model);
            assertThat(loaded).as(what).isEqualTo(model.meta(stands));
        }
    }

    /** P20: the library crashes, the process with it, and the next start knows what to think of the file. */
    @Test
    void is_started_again_after_its_file_was_truncated_under_it() throws Exception {
        Path store = directory.resolve("store");
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(store)) {
            checkpoints.write(Model.nodes(1, 1, 10_000, 100, 10_000));
        }

        Process process = StoreProcess.start(store, "truncate", store.toString());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(StoreProcess.output(store)))
                .contains("truncated")
                .doesNotContain("written");

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(store)) {
            assertThatThrownBy(() -> checkpoints.load(new Model())).isInstanceOf(CheckpointDamaged.class);
            assertThat(checkpoints.setAside()).isPresent();
            checkpoints.write(Model.nodes(1, 1, 10, 20, 10));
            assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(1, 7, 10));
        }
    }

    private static void await(Process process, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            assertThat(process.isAlive()).as(what).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The last position that the process called written; a line that was torn does not count. */
    private static long lastNumber(Path store) {
        try {
            String output = Files.readString(StoreProcess.output(store));
            String[] lines = output.substring(0, output.lastIndexOf('\n') + 1).split("\n", -1);
            for (int i = lines.length - 1; i >= 0; i--) {
                if (lines[i].matches("\\d+")) {
                    return Long.parseLong(lines[i]);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
