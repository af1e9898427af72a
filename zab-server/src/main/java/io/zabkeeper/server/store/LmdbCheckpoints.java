package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of one member: its state at exactly one position, in an LMDB environment that changes by whole cuts.
 *
 * <p>{@link #open}, {@link #load}, then any number of {@link #write}. The state is right or it is refused: a record that
 * is damaged, missing or out of date makes {@link #load} and {@link #verify} fail, never answer. A write that fails for
 * any reason but a full map makes the environment suspect; the next one then copies what is known to be good into a new
 * environment instead of trusting it.
 *
 * <p>Calls block and take turns. They are not for the loop; see {@link Checkpointer}.
 */
public final class LmdbCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LmdbCheckpoints.class);

    /** Left free for others when space is judged, and enough for the pages that every transaction touches. */
    private static final long SPARE_BYTES = 16L << 20;

    private static final int PAGE_BYTES = 4096;

    private final Path directory;
    private final CurrentFile currentFile;
    private final FileChannel lockChannel;
    private final long mapBytes;
    private @Nullable Path current;
    private @Nullable Environment environment;

    /** What the current environment holds; null as long as nobody has read it. */
    private volatile @Nullable Ledger ledger;

    private volatile long fileBytes;
    private boolean suspect;
    private boolean closed;

    /** What a write did. */
    record Outcome(SnapshotMeta meta, long records, long bytes) {}

    private LmdbCheckpoints(Path directory, FileChannel lockChannel, long mapBytes) throws IOException {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.mapBytes = mapBytes;
        this.currentFile = new CurrentFile(directory);
        this.current = currentFile.read();
        if (current == null) {
            ledger = Ledger.empty();
        }
    }

    /**
     * Opens the checkpoints in a directory, which is made when missing. What an earlier process left half done stays until
     * {@link #discardLeftovers}, because the log may still count on it. Nothing is read yet and LMDB is not loaded.
     *
     * @throws IOException when the directory cannot be used, or another process uses it
     * @throws CheckpointDamaged when it cannot be told which checkpoint counts
     */
    public static LmdbCheckpoints open(Path directory) throws IOException {
        return open(directory, Environment.MAP_BYTES);
    }

    static LmdbCheckpoints open(Path directory, long mapBytes) throws IOException {
        Files.createDirectories(directory);
        FileChannel lockChannel =
                FileChannel.open(directory.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            lock(directory, lockChannel);
            LmdbCheckpoints checkpoints = new LmdbCheckpoints(directory, lockChannel, mapBytes);
            opened = true;
            return checkpoints;
        } finally {
            if (!opened) {
                lockChannel.close();
            }
        }
    }

    private static void lock(Path directory, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(directory + " is in use by this very process", e);
        }
        throw new IOException(directory + " is in use by another process");
    }

    /**
     * Loads LMDB into the process, which takes a few hundred milliseconds, so that the first write need not. For a
     * thread that has nothing better to do while the member starts.
     *
     * @throws CheckpointFailed when it cannot be loaded; the message says what to do
     */
    public void warmUp() {
        Path scratch = directory.resolve("native").resolve("trial");
        NativeLibrary.load(directory.resolve("native"));
        try {
            // The first call of each native function costs milliseconds: its stub is generated then.
            CurrentFile.removeTree(scratch);
            Files.createDirectories(scratch);
            try (Environment trial = Environment.create(scratch, 1 << 20)) {
                Totals totals = trial.write(
                                new Totals(),
                                null,
                                sink -> sink.put(Table.ACL, 1, ByteBuffer.allocate(1)),
                                Environment.Pace.NONE)
                        .totals();
                trial.write(totals, SnapshotMeta.NONE, sink -> sink.remove(Table.ACL, 1), Environment.Pace.NONE);
            }
            CurrentFile.removeTree(scratch);
        } catch (IOException | RuntimeException e) {
            throw new CheckpointFailed(scratch + ": LMDB does not work here (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Reads the whole state, every table in the order of its keys taken as unsigned numbers.
     *
     * @return what it is, {@link SnapshotMeta#NONE} when there is no checkpoint yet
     * @throws CheckpointDamaged when it is not all there, exactly; what the sink has got by then is worthless
     */
    public synchronized SnapshotMeta load(StateSink sink) {
        checkOpen();
        if (current == null) {
            return SnapshotMeta.NONE;
        }
        Ledger found = CheckpointReader.read(current, sink);
        ledger = found;
        fileBytes = size(current);
        return found.meta();
    }

    /**
     * Reads everything and keeps nothing: for the daily scrub.
     *
     * @throws CheckpointDamaged when something is wrong
     */
    public synchronized SnapshotMeta verify() {
        return load(CheckpointReader.NOWHERE);
    }

    /** Where the checkpoint stands; {@link SnapshotMeta#NONE} before {@link #load}. Does not wait for a write. */
    public SnapshotMeta meta() {
        Ledger known = ledger;
        return known == null ? SnapshotMeta.NONE : known.meta();
    }

    /** Size of the file of the current environment. Does not wait for a write. */
    public long fileBytes() {
        return fileBytes;
    }

    /**
     * Brings the checkpoint to the position of the cut; durable when this returns.
     *
     * @throws CheckpointFailed when that is impossible. The checkpoint stands where it stood, and the next write must
     *     bring the changes of this cut as well
     */
    public void write(Cut cut) {
        write(List.of(cut), Environment.Pace.NONE);
    }

    /** Several cuts, oldest first, in one transaction: those that failed before, and the one that follows them. */
    synchronized Outcome write(List<Cut> cuts, Environment.Pace pace) {
        checkOpen();
        Ledger before = ledger;
        if (before == null) {
            throw new IllegalStateException("load the checkpoint before it is written");
        }
        SnapshotMeta meta = cuts.get(cuts.size() - 1).meta();
        if (meta.zxid() < before.meta().zxid()) {
            throw new CheckpointFailed("the checkpoint stands at "
                    + Zxid.toString(before.meta().zxid()) + ", a cut at " + Zxid.toString(meta.zxid()) + " is older");
        }
        checkSpace(cuts);
        NativeLibrary.load(directory.resolve("native"));
        Environment.Written written = current == null || suspect
                ? writeAnew(before, meta, cuts, pace)
                : writeInPlace(before, meta, cuts, pace);
        fileBytes = size(current);
        return new Outcome(meta, written.records(), written.bytes());
    }

    private Environment.Written writeInPlace(Ledger before, SnapshotMeta meta, List<Cut> cuts, Environment.Pace pace) {
        try {
            Environment.Written written = environment(before).write(before.totals(), meta, sink(cuts), pace);
            ledger = written.ledger();
            return written;
        } catch (RuntimeException e) {
            suspect = true;
            closeEnvironment();
            throw new CheckpointFailed(
                    "the checkpoint could not be brought from "
                            + Zxid.toString(before.meta().zxid()) + " to " + Zxid.toString(meta.zxid()) + " ("
                            + e.getMessage()
                            + "; LMDB calls a full disk an I/O error). The old one stands, the log must be kept",
                    e);
        }
    }

    /** The first checkpoint, or the first after a failure: what counts is not touched before the new one is durable. */
    private Environment.Written writeAnew(Ledger before, SnapshotMeta meta, List<Cut> cuts, Environment.Pace pace) {
        closeEnvironment();
        try (Staging staging = stage(null)) {
            if (current != null) {
                LOG.info("copying the checkpoint after a failed write path={}", current);
                Ledger copied = CheckpointReader.read(current, staging);
                if (!copied.equals(before)) {
                    throw new CheckpointDamaged(current + ": stands at " + copied.meta() + ", not at " + before.meta());
                }
            }
            long[] written = new long[2];
            StateSink counting = new StateSink() {
                @Override
                public void put(Table table, long key, ByteBuffer value) {
                    written[0]++;
                    written[1] += value.remaining();
                    pace(written[0]);
                    staging.put(table, key, value);
                }

                @Override
                public void remove(Table table, long key) {
                    written[0]++;
                    pace(written[0]);
                    staging.remove(table, key);
                }

                private void pace(long records) {
                    if (records % 256 == 0) {
                        pace.step();
                    }
                }
            };
            sink(cuts).accept(counting);
            staging.finish(meta);
            staging.install();
            Ledger now = Objects.requireNonNull(ledger);
            return new Environment.Written(now.totals(), now, written[0], written[1]);
        } catch (CheckpointDamaged e) {
            throw new CheckpointFailed("the checkpoint is damaged and must be replaced by a whole state", e);
        }
    }

    private static Consumer<StateSink> sink(List<Cut> cuts) {
        return sink -> {
            for (Cut cut : cuts) {
                cut.writeTo(sink);
            }
        };
    }

    /** An environment that runs out of space in a transaction is suspect afterwards, so it is better not to begin. */
    private void checkSpace(List<Cut> cuts) {
        long changes = 0;
        for (Cut cut : cuts) {
            changes += cut.size();
        }
        long size = current == null ? 0 : size(current);
        // A changed record costs a page of its own at worst, and never more pages than there are.
        long needed = SPARE_BYTES + Math.min(changes * PAGE_BYTES, size + changes * PAGE_BYTES / 8);
        if (suspect) {
            needed += size;
        }
        long free;
        try {
            free = Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new CheckpointFailed(directory + ": free space cannot be told", e);
        }
        if (free < needed) {
            throw new CheckpointFailed(directory + ": disk full, " + free + " bytes free, a checkpoint may take "
                    + needed + ". The old one stands, the log must be kept");
        }
    }

    /**
     * Begins a state that is to replace the checkpoint as a whole. The checkpoint can be written meanwhile.
     *
     * @throws CheckpointFailed when there is no room for it
     */
    public synchronized Staging stage(@Nullable SnapshotId id) {
        checkOpen();
        NativeLibrary.load(directory.resolve("native"));
        try {
            Path place = directory.resolve("ckpt.NEW-" + currentFile.nextNumber());
            Files.createDirectory(place);
            return new Staging(this, id, place, Environment.create(place, mapBytes));
        } catch (IOException | RuntimeException e) {
            throw new CheckpointFailed(directory + ": no place for a new checkpoint (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Installs a snapshot that an earlier process had staged, and marked in its log, when it died: a crash between the mark
     * and the switch.
     *
     * @return false when there is no staged state of exactly this kind; the checkpoint stands where it stood
     * @throws CheckpointFailed when the switch cannot be made
     */
    public synchronized boolean adopt(SnapshotMeta marked) {
        checkOpen();
        for (Path staged : currentFile.staged()) {
            Ledger found;
            try {
                found = CheckpointReader.ledger(staged);
                if (found.meta().equals(marked)) {
                    // The old checkpoint goes when this one is installed, so it is not taken on trust.
                    found = CheckpointReader.read(staged, CheckpointReader.NOWHERE);
                }
            } catch (CheckpointDamaged unfinished) {
                LOG.info("a staged snapshot is not complete path={} reason={}", staged, unfinished.getMessage());
                continue;
            }
            if (found.meta().equals(marked)) {
                LOG.info("installing a snapshot that was staged before the last end path={}", staged);
                install(staged, found);
                return true;
            }
        }
        return false;
    }

    /** Removes what an earlier process left half done. */
    public synchronized void discardLeftovers() {
        checkOpen();
        try {
            for (Path leftover : currentFile.removeLeftovers(current)) {
                LOG.info("removed an unfinished checkpoint path={}", leftover);
            }
        } catch (IOException e) {
            LOG.warn("an unfinished checkpoint cannot be removed path={} reason={}", directory, e.getMessage());
        }
    }

    /** For {@link Staging}: everything in the directory is durable. */
    synchronized void install(Path staged, Ledger content) {
        checkOpen();
        closeEnvironment();
        Path old = current;
        String number = CurrentFile.name(staged).substring("ckpt.NEW-".length());
        Path installed = directory.resolve("ckpt." + number);
        try {
            Files.move(staged, installed, StandardCopyOption.ATOMIC_MOVE);
            CurrentFile.sync(directory);
            currentFile.write(installed);
        } catch (IOException e) {
            // Which one the next start finds cannot be known, so nothing may be written to either.
            closed = true;
            throw new CheckpointFailed(directory + ": cannot switch to the new checkpoint (" + e.getMessage() + ")", e);
        }
        current = installed;
        ledger = content;
        suspect = false;
        fileBytes = size(installed);
        if (old != null) {
            try {
                CurrentFile.removeTree(old);
            } catch (IOException e) {
                LOG.warn("an old checkpoint cannot be removed path={} reason={}", old, e.getMessage());
            }
        }
    }

    /**
     * Puts a damaged checkpoint out of the way, for a human to look at, and goes on without one. Whoever calls this must
     * have another source for the state: a log that reaches back to the beginning, or the peers.
     *
     * @return where it is now
     */
    public synchronized Optional<Path> setAside() throws IOException {
        checkOpen();
        closeEnvironment();
        Path damaged = current;
        if (damaged == null) {
            return Optional.empty();
        }
        Path aside = directory.resolve("damaged." + currentFile.nextNumber());
        if (Files.exists(damaged)) {
            Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        currentFile.delete();
        LOG.error("set a damaged checkpoint aside path={}", aside);
        current = null;
        ledger = Ledger.empty();
        suspect = false;
        fileBytes = 0;
        return Optional.of(aside);
    }

    /** The environment that counts, open and holding what it should. */
    private Environment environment(Ledger expected) {
        Environment open = environment;
        if (open == null) {
            open = Environment.open(Objects.requireNonNull(current), mapBytes);
            environment = open;
            Ledger found = open.ledger();
            if (!expected.equals(found)) {
                throw new CheckpointFailed(current + ": LMDB finds another state than the one that was loaded");
            }
        }
        return open;
    }

    /** How much address space the environment has; for tests. */
    synchronized long mapBytes() {
        return environment == null ? mapBytes : environment.mapBytes();
    }

    private void closeEnvironment() {
        if (environment != null) {
            environment.close();
            environment = null;
        }
    }

    private static long size(@Nullable Path environment) {
        try {
            return environment == null ? 0 : Files.size(environment.resolve(Environment.DATA));
        } catch (IOException e) {
            return 0;
        }
    }

    Path directory() {
        return directory;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(directory + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeEnvironment();
        try {
            lockChannel.close();
        } catch (IOException e) {
            LOG.warn("the lock cannot be released path={} reason={}", directory, e.getMessage());
        }
    }
}
