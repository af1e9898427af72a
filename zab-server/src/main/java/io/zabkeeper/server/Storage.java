package io.zabkeeper.server;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.log.DirectoryLock;
import io.zabkeeper.server.log.Identity;
import io.zabkeeper.server.log.LogListener;
import io.zabkeeper.server.log.LogRecovery;
import io.zabkeeper.server.log.LogSettings;
import io.zabkeeper.server.log.LogStats;
import io.zabkeeper.server.log.RealDisk;
import io.zabkeeper.server.log.RecoveredLog;
import io.zabkeeper.server.log.SegmentedLog;
import io.zabkeeper.server.metrics.Count;
import io.zabkeeper.server.metrics.Summary;
import io.zabkeeper.server.replica.CheckpointWriter;
import io.zabkeeper.server.replica.SnapshotStage;
import io.zabkeeper.server.store.CheckpointDamaged;
import io.zabkeeper.server.store.CheckpointFailed;
import io.zabkeeper.server.store.CheckpointPolicy;
import io.zabkeeper.server.store.Checkpointer;
import io.zabkeeper.server.store.LmdbCheckpoints;
import io.zabkeeper.server.store.Staging;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.StateDamaged;
import io.zabkeeper.server.tree.Table;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.tree.TreeRestorer;
import io.zabkeeper.server.tree.TreeSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's disk at boot: the lock, the identity, the checkpoint, the log, and what they say together (storage.md,
 * section 4). A disk that does not fit together is never mended by cutting something away: the member starts without a
 * vote and lets its peers bring it up to date.
 */
final class Storage {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private static final String CHECKPOINTS = "checkpoint";

    private final ServerConfig config;
    private final DirectoryLock lock;
    private final RealDisk disk;
    private final Identity identity;
    private final LmdbCheckpoints checkpoints;
    private final LogSettings logSettings;
    private final TreeSettings treeSettings;
    private final RecoveredLog recovered;
    private final SnapshotMeta checkpoint;
    private final LongSupplier wallMillis;
    private final Summary checkpointTimes = new Summary(Summary.Detail.BASIC);
    private final Summary loadTimes = new Summary(Summary.Detail.BASIC);
    private final Count checkpointFailures = new Count();
    private volatile long checkpointZxid;
    private volatile long checkpointSeconds;
    private @Nullable TreeMachine machine;

    private Storage(ServerConfig config, LongSupplier wallMillis) throws IOException {
        this.config = config;
        this.wallMillis = wallMillis;
        Path dataDir = config.storage().dataDir();
        Files.createDirectories(dataDir);
        Files.createDirectories(config.storage().logDir());
        lock = DirectoryLock.acquire(dataDir);
        disk = new RealDisk(config.storage().logDir());
        logSettings = settings(config.storage().segmentBytes());
        treeSettings = new TreeSettings(config.agreed(), config.ensemble().text(0), new SecureRandom().nextLong());
        identity = Identity.open(disk, config.ensemble().self().value(), new SecureRandom(), wallMillis.getAsLong());
        checkpoints = LmdbCheckpoints.open(dataDir.resolve(CHECKPOINTS));
        SnapshotMeta loaded = load();
        RecoveredLog found = LogRecovery.recover(disk, identity, loaded.zxid(), logSettings);
        if (found.pendingInstall(loaded.zxid()).isPresent()) {
            SnapshotMeta staged = found.pendingInstall(loaded.zxid()).get();
            LOG.info("a leader's snapshot is installed late zxid={}", Zxid.toString(staged.zxid()));
            if (checkpoints.adopt(staged)) {
                loaded = load();
            }
        }
        checkpoints.discardLeftovers();
        checkpoint = loaded;
        checkpointZxid = loaded.zxid();
        recovered = settled(found.matched(loaded));
        if (recovered.isTailUncertain()) {
            LOG.warn("the end of the log was torn, its last group was not acknowledged as far as this disk knows");
        }
    }

    static Storage open(ServerConfig config, LongSupplier wallMillis) throws IOException {
        return new Storage(config, wallMillis);
    }

    private static LogSettings settings(long segmentBytes) {
        LogSettings standard = LogSettings.DEFAULT;
        return new LogSettings(
                segmentBytes,
                Math.min(segmentBytes, standard.firstSegmentBytes()),
                standard.spares(),
                standard.groupBytes(),
                standard.tailBytes(),
                standard.windowBytes(),
                standard.idleMarkMs(),
                standard.zeroingBytesPerSecond());
    }

    /** The checkpoint, or nothing when it is damaged: then the log or the peers must have it all. */
    private SnapshotMeta load() throws IOException {
        long began = wallMillis.getAsLong();
        try {
            TreeRestorer restorer = new TreeRestorer(treeSettings);
            SnapshotMeta meta = checkpoints.load(restorer);
            machine = meta.equals(SnapshotMeta.NONE) ? TreeMachine.fresh(treeSettings) : restorer.finish(meta);
            loadTimes.record(wallMillis.getAsLong() - began);
            return meta;
        } catch (CheckpointDamaged | StateDamaged damaged) {
            LOG.error(
                    "checkpoint damaged, set aside; state comes from the log or the peers cause=\"{}\"",
                    damaged.getMessage());
            checkpoints.setAside();
            machine = TreeMachine.fresh(treeSettings);
            return SnapshotMeta.NONE;
        }
    }

    private RecoveredLog settled(RecoveredLog found) throws IOException {
        if (found.damage().isEmpty()) {
            return found;
        }
        LOG.error(
                "log damaged, set aside; this member has no vote until its peers have brought it up to date damage=\"{}\"",
                found.damage().get());
        return found.startedAfresh(checkpoint);
    }

    DurableImage image() {
        DurableImage image = recovered.image(checkpoint, config.ensemble().configuration());
        LOG.info(
                "disk read standing={} checkpoint={} last={} committed={} epoch={}",
                image.standing(),
                Zxid.toString(checkpoint.zxid()),
                Zxid.toString(image.lastLogged()),
                Zxid.toString(image.committed()),
                image.hardState().currentEpoch());
        return image;
    }

    SegmentedLog openLog(LogListener listener) throws IOException {
        return SegmentedLog.open(disk, identity, recovered, logSettings, listener);
    }

    /** The state as the checkpoint has it; handed over once. */
    TreeMachine takeMachine() {
        TreeMachine taken = machine;
        machine = null;
        if (taken == null) {
            throw new IllegalStateException("the state has been taken already");
        }
        return taken;
    }

    TreeSettings treeSettings() {
        return treeSettings;
    }

    long diskId() {
        return identity.diskId();
    }

    long clusterId() {
        return identity.clusterId();
    }

    long checkpointBytes() {
        return checkpoints.fileBytes();
    }

    /** Where the newest checkpoint stands. */
    long checkpointZxid() {
        return checkpointZxid;
    }

    /** Wall clock time at which this process wrote it; 0 when it has written none. */
    long checkpointSeconds() {
        return checkpointSeconds;
    }

    /** How long it took to load the checkpoint at the start, in milliseconds. */
    Summary loadTimes() {
        return loadTimes;
    }

    Count checkpointFailures() {
        return checkpointFailures;
    }

    /** How long checkpoints took, in milliseconds. */
    Summary checkpointTimes() {
        return checkpointTimes;
    }

    Checkpointer checkpointer(LongSupplier nanos) {
        CheckpointPolicy standard = CheckpointPolicy.DEFAULT;
        CheckpointPolicy policy = new CheckpointPolicy(
                standard.dirtyRecords(),
                standard.spacingNanos(),
                config.storage().checkpointLogBytes(),
                TimeUnit.MILLISECONDS.toNanos(config.storage().checkpointMs()));
        return new Checkpointer(
                checkpoints,
                policy,
                nanos,
                (thread, thrown) -> FailStop.halt(FailStop.Cause.INVARIANT, "the checkpoint thread fails", thrown));
    }

    /** The store as the replica sees it. */
    CheckpointWriter writer(Checkpointer checkpointer, LogStats log) {
        return new CheckpointWriter() {
            private long logBytesAtCut;

            @Override
            public boolean isIdle() {
                return checkpointer.isIdle();
            }

            @Override
            public boolean isDue(int dirtyRecords, long nanosSinceLast) {
                return checkpointer.isDue(dirtyRecords, log.bytes() - logBytesAtCut, nanosSinceLast);
            }

            @Override
            public void submit(Cut cut, Outcome outcome) {
                logBytesAtCut = log.bytes();
                checkpointer.submit(cut, listener(outcome));
            }
        };
    }

    private Checkpointer.Listener listener(CheckpointWriter.Outcome outcome) {
        return new Checkpointer.Listener() {
            @Override
            public void done(SnapshotMeta meta, long nanos, long bytes) {
                checkpointTimes.record(TimeUnit.NANOSECONDS.toMillis(nanos));
                checkpointZxid = meta.zxid();
                checkpointSeconds = TimeUnit.MILLISECONDS.toSeconds(wallMillis.getAsLong());
                outcome.durable(meta);
            }

            @Override
            public void failed(CheckpointFailed cause) {
                checkpointFailures.increment();
                outcome.failed(cause);
            }
        };
    }

    /** The store's staging as the replica sees it. */
    SnapshotStage.Opener stages(Checkpointer checkpointer) {
        return id -> new Stage(checkpoints.stage(id), checkpointer);
    }

    private final class Stage implements SnapshotStage {
        private final Staging staging;
        private final Checkpointer checkpointer;

        Stage(Staging staging, Checkpointer checkpointer) {
            this.staging = staging;
            this.checkpointer = checkpointer;
        }

        @Override
        public void put(Table table, long key, ByteBuffer value) {
            staging.put(table, key, value);
        }

        @Override
        public void remove(Table table, long key) {
            staging.remove(table, key);
        }

        @Override
        public SnapshotMeta finish(SnapshotMeta meta) {
            return staging.finish(meta);
        }

        @Override
        public void install(CheckpointWriter.Outcome outcome) {
            checkpointer.install(staging, listener(outcome));
        }

        @Override
        public void abort() {
            staging.abort();
        }
    }

    void close() {
        checkpoints.close();
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.warn("the data directory's lock cannot be released cause=\"{}\"", failure.toString());
        }
    }
}
