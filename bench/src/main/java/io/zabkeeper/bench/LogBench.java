package io.zabkeeper.bench;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.log.Identity;
import io.zabkeeper.server.log.LogListener;
import io.zabkeeper.server.log.LogRecovery;
import io.zabkeeper.server.log.LogSettings;
import io.zabkeeper.server.log.LogStats;
import io.zabkeeper.server.log.RealDisk;
import io.zabkeeper.server.log.RecoveredLog;
import io.zabkeeper.server.log.SegmentedLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast the log starts, takes records and is recovered. Arguments: a directory that may be emptied, the number of
 * records, the bytes of each, and how many of them may be under way.
 */
public final class LogBench {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private LogBench() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        int size = Integer.parseInt(args[2]);
        int window = Integer.parseInt(args[3]);
        Files.createDirectories(directory);
        RealDisk disk = new RealDisk(directory);
        long began = System.nanoTime();
        Identity identity = Identity.open(disk, 1, new Random(1), System.currentTimeMillis());
        RecoveredLog recovered = LogRecovery.recover(disk, identity, Long.MAX_VALUE, LogSettings.DEFAULT);
        AtomicLong durable = new AtomicLong();
        SegmentedLog log = SegmentedLog.open(disk, identity, recovered, LogSettings.DEFAULT, listener(durable));
        report("ready", 1, began);
        append(log, durable, recovered.lastLogged(), count, size, window);
        log.close();
        identity.close();
        recover(disk, count);
    }

    private static LogListener listener(AtomicLong durable) {
        return new LogListener() {
            @Override
            public void persisted(long sequence) {
                durable.set(sequence);
            }

            @Override
            public void failed(Throwable cause) {
                OUT.println("failed: " + cause);
                durable.set(Long.MAX_VALUE);
            }
        };
    }

    private static void append(SegmentedLog log, AtomicLong durable, long last, int count, int size, int window) {
        byte[] payload = new byte[size];
        new Random(2).nextBytes(payload);
        long began = System.nanoTime();
        for (int i = 1; i <= count; i++) {
            Entry entry =
                    new Entry(last + i, last + i - 1, i, new ProposalId(new NodeId(1), 1, i), new Payload(payload));
            log.append(i, List.of(new WalRecord.Append(entry)), last + i - 1);
            while (i - durable.get() >= window) {
                LockSupport.parkNanos(20_000);
            }
        }
        while (durable.get() < count) {
            LockSupport.parkNanos(20_000);
        }
        report("durable records", count, began);
        LogStats stats = log.stats();
        OUT.printf(
                "  syncs %d, records in each %d, sync avg %d us, max %d us, %d MiB written%n",
                stats.syncs(),
                stats.records() / Math.max(1, stats.syncs()),
                stats.averageSyncNanos() / 1_000,
                stats.maxSyncNanos() / 1_000,
                stats.bytes() >> 20);
    }

    private static void recover(RealDisk disk, int count) throws IOException {
        for (int round = 0; round < 3; round++) {
            try (Identity identity = Identity.open(disk, 1, new Random(1), System.currentTimeMillis())) {
                long began = System.nanoTime();
                RecoveredLog recovered = LogRecovery.recover(disk, identity, 0, LogSettings.DEFAULT);
                report("recovered entries", Math.max(count, recovered.entries().size()), began);
                recovered.damage().ifPresent(OUT::println);
            }
        }
    }

    private static void report(String what, long count, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        OUT.printf("%s: %d in %.3f s, %.0f/s%n", what, count, seconds, count / seconds);
    }
}
