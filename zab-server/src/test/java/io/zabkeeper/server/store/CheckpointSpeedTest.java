package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Prints figures; what it asserts is only that nothing is slower by an order of magnitude. */
@Tag("alone")
class CheckpointSpeedTest {
    private static final int NODES = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void stages_and_loads_a_million_records() throws Exception {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        long began = System.nanoTime();
        checkpoints.warmUp();
        print("load the library", began);
        began = System.nanoTime();
        checkpoints.write(Model.nodes(1, 1, 1, 220, 1));
        print("first write ever", began);

        began = System.nanoTime();
        try (Staging staging = checkpoints.stage(null)) {
            Model.nodes(1, 1, NODES, 220, NODES).writeTo(staging);
            staging.finish(new SnapshotMeta(1, 7, NODES));
            staging.install();
        }
        print("stage and install a million", began);
        System.out.printf("%.1f bytes a record%n", (double) checkpoints.fileBytes() / NODES);

        long slowest = loads(checkpoints, "in order");
        checkpoints.close();
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @EnabledIfSystemProperty(named = "zabkeeper.measure", matches = "true")
    void writes_scattered_records_beside_a_busy_log() throws Exception {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        checkpoints.write(Model.nodes(1, 1, NODES, 220, NODES));
        long zxid = 1;
        for (int count : new int[] {1, 2_000, 20_000, 200_000}) {
            for (int round = 0; round < 2; round++) {
                zxid++;
                write(checkpoints, scattered(zxid, count), round == 0 ? Environment.Pace.NONE : Checkpointer.PACE);
            }
        }
        System.out.printf("%.1f bytes a record%n", (double) checkpoints.fileBytes() / NODES);
        loads(checkpoints, "scattered");
        checkpoints.close();
    }

    /** Writes beside a log that syncs all the time, as on a busy member. */
    private void write(LmdbCheckpoints checkpoints, Cut cut, Environment.Pace pace) throws Exception {
        long[] quiet = new long[1_000_000];
        long[] busy = new long[1_000_000];
        int[] counts = new int[2];
        AtomicBoolean writing = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Path log = directory.resolve("log");
        Files.write(log, new byte[16 << 20]);
        Thread logger = new Thread(() -> {
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.force(true);
                ByteBuffer block = ByteBuffer.allocateDirect(4096);
                for (int i = 0; !over.get(); i++) {
                    boolean during = writing.get();
                    long began = System.nanoTime();
                    channel.write(block.clear(), (i % 4096) * 4096L);
                    channel.force(false);
                    long nanos = System.nanoTime() - began;
                    if (during || writing.get()) {
                        busy[counts[1]++] = nanos;
                    } else {
                        quiet[counts[0]++] = nanos;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        logger.start();
        long until = System.nanoTime() + 200_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        writing.set(true);
        long began = System.nanoTime();
        checkpoints.write(List.of(cut), pace);
        long took = System.nanoTime() - began;
        writing.set(false);
        over.set(true);
        logger.join();
        System.out.printf(
                "write %d scattered%s: %.1f ms, %.2f us each; log syncs before: %s, during: %s%n",
                cut.size(),
                pace == Environment.Pace.NONE ? "" : ", paced",
                took / 1e6,
                took / 1e3 / cut.size(),
                tail(quiet, counts[0]),
                tail(busy, counts[1]));
    }

    private static String tail(long[] nanos, int count) {
        if (count == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                "%d, p50 %.2f p99 %.2f max %.2f ms",
                count, sorted[count / 2] / 1e6, sorted[count * 99 / 100] / 1e6, sorted[count - 1] / 1e6);
    }

    private static Cut scattered(long zxid, int count) {
        return new Cut() {
            @Override
            public SnapshotMeta meta() {
                return new SnapshotMeta(zxid, 7, NODES);
            }

            @Override
            public int size() {
                return count;
            }

            @Override
            public void writeTo(StateSink sink) {
                RandomGenerator random = Model.random(zxid);
                for (int i = 0; i < count; i++) {
                    sink.put(Table.NODE, 1 + random.nextInt(NODES), ByteBuffer.allocate(220));
                }
            }
        };
    }

    private static long loads(LmdbCheckpoints checkpoints, String what) {
        long slowest = 0;
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            long[] sum = new long[1];
            checkpoints.load(new StateSink() {
                @Override
                public void put(Table table, long key, ByteBuffer value) {
                    sum[0] += value.remaining();
                }

                @Override
                public void remove(Table table, long key) {
                    throw new AssertionError();
                }
            });
            slowest = Math.max(slowest, System.nanoTime() - began);
            assertThat(sum[0]).isEqualTo(220L * NODES);
            print("load a million, " + what + ", round " + round, began);
        }
        return slowest;
    }

    private static void print(String what, long began) {
        System.out.printf("%s: %.1f ms%n", what, (System.nanoTime() - began) / 1e6);
    }
}
