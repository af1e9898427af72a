package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A whole state on its way to becoming the checkpoint: a snapshot that a leader sends, for example. It fills an
 * environment of its own beside the one that counts. First every record, then {@link #finish}, then {@link #install} or
 * {@link #abort}. The calls may come from different threads, one after the other.
 */
public final class Staging implements StateSink, AutoCloseable {
    /** A transaction is synced, so it should carry enough to be worth it. */
    private static final int BATCH_BYTES = 8 << 20;

    private static final int BATCH_RECORDS = 64 * 1024;

    private final LmdbCheckpoints checkpoints;
    private final @Nullable SnapshotId id;
    private final Path directory;
    private final Environment environment;
    private final List<Change> waiting = new ArrayList<>();
    private int waitingBytes;
    private Totals totals = new Totals();
    private @Nullable Ledger ledger;
    private State state = State.FILLING;

    private enum State {
        FILLING,
        FINISHED,
        INSTALLED,
        ABORTED
    }

    Staging(LmdbCheckpoints checkpoints, @Nullable SnapshotId id, Path directory, Environment environment) {
        this.checkpoints = checkpoints;
        this.id = id;
        this.directory = directory;
        this.environment = environment;
    }

    /** Which transfer it is for; null for the store's own purposes. */
    public @Nullable SnapshotId id() {
        return id;
    }

    /** Fast when the keys of a table come in ascending order. */
    @Override
    public synchronized void put(Table table, long key, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        take(new Change(table, key, bytes));
        waitingBytes += bytes.length;
        if (waitingBytes >= BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public synchronized void remove(Table table, long key) {
        take(new Change(table, key, null));
    }

    private void take(Change change) {
        expect(State.FILLING);
        waiting.add(change);
        if (waiting.size() >= BATCH_RECORDS) {
            flush();
        }
    }

    private void flush() {
        try {
            totals = environment
                    .write(totals, null, sink -> waiting.forEach(change -> change.applyTo(sink)), Environment.Pace.NONE)
                    .totals();
        } catch (RuntimeException e) {
            throw failure(e);
        }
        waiting.clear();
        waitingBytes = 0;
    }

    /**
     * Every record is there. When this returns they are durable, and so are the names of their files.
     *
     * @throws CheckpointDamaged when there are more or fewer znodes than the meta says
     * @throws CheckpointFailed when they cannot be written
     */
    public synchronized SnapshotMeta finish(SnapshotMeta meta) {
        expect(State.FILLING);
        flush();
        if (totals.count(Table.NODE) != meta.count()) {
            throw new CheckpointDamaged("the snapshot at 0x" + Long.toHexString(meta.zxid()) + " should have "
                    + meta.count() + " znodes and has " + totals.count(Table.NODE));
        }
        try {
            ledger = environment
                    .write(totals, meta, sink -> {}, Environment.Pace.NONE)
                    .ledger();
            environment.close();
            try (FileChannel data = FileChannel.open(directory.resolve(Environment.DATA), StandardOpenOption.WRITE)) {
                data.force(true);
            }
            CurrentFile.sync(directory);
            CurrentFile.sync(checkpoints.directory());
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
        state = State.FINISHED;
        return meta;
    }

    /**
     * Makes it the checkpoint and deletes the one before. A crash at any point leaves one of the two, whole.
     *
     * @throws CheckpointFailed when the switch cannot be made; which of the two counts is known at the next start
     */
    public synchronized void install() {
        expect(State.FINISHED);
        checkpoints.install(directory, Objects.requireNonNull(ledger));
        state = State.INSTALLED;
    }

    /** Throws away what has been staged, unless it is installed. */
    public synchronized void abort() {
        if (state == State.INSTALLED || state == State.ABORTED) {
            return;
        }
        state = State.ABORTED;
        environment.close();
        try {
            CurrentFile.removeTree(directory);
        } catch (IOException e) {
            // The next start removes it.
            return;
        }
    }

    /** The same as {@link #abort}, for a block that may leave early. */
    @Override
    public void close() {
        abort();
    }

    private void expect(State expected) {
        if (state != expected) {
            throw new IllegalStateException("staging is " + state + ", not " + expected);
        }
    }

    private CheckpointFailed failure(Exception cause) {
        return new CheckpointFailed(
                directory + ": a snapshot cannot be stored (" + cause.getMessage() + "); is the disk full?", cause);
    }
}
