package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * One open LMDB environment: a table for each {@link Table}, keyed by 8 bytes in big-endian order, and one for the
 * {@link Ledger}. A value is the seal of its record, then the bytes that the tree gave.
 *
 * <p>Every native call is made inside a synchronized method, so that no transaction, cursor or buffer outlives the
 * environment, which would end the process. Commits are synced, always; MDB_NOSYNC lost everything in power-cut trials.
 */
final class Environment implements AutoCloseable {
    static final String DATA = "data.mdb";
    static final String LEDGER = "ledger";

    /** Address space, not memory or disk. */
    static final long MAP_BYTES = 64L << 30;

    private static final long MAP_BYTES_LEAST = 1L << 30;
    private static final long MAP_BYTES_MOST = 8L << 40;
    private static final int MODE = 0640;
    private static final int SAMPLES = 32;
    private static final Table[] TABLES = Table.values();

    private final Path directory;
    private final Env<ByteBuffer> env;
    private final Map<Table, Dbi<ByteBuffer>> tables = new EnumMap<>(Table.class);
    private final Dbi<ByteBuffer> ledgers;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);
    private ByteBuffer value = ByteBuffer.allocateDirect(64 * 1024);
    private long mapBytes;
    private boolean closed;

    /** What one transaction did. */
    record Written(Totals totals, @Nullable Ledger ledger, long records, long bytes) {}

    /** Of a record. */
    private record Place(Table table, long key) {}

    /** Called every few records, so that a long transaction leaves room for others. */
    interface Pace {
        Pace NONE = () -> {};

        void step();
    }

    private Environment(Path directory, Env<ByteBuffer> env, long mapBytes, boolean create) {
        this.directory = directory;
        this.env = env;
        this.mapBytes = mapBytes;
        boolean opened = false;
        // Without MDB_CREATE a damaged environment cannot pass for an empty one.
        DbiFlags[] flags = create ? new DbiFlags[] {DbiFlags.MDB_CREATE} : new DbiFlags[0];
        try (Txn<ByteBuffer> txn = create ? env.txnWrite() : env.txnRead()) {
            for (Table table : TABLES) {
                tables.put(table, table(txn, name(table), flags));
            }
            this.ledgers = table(txn, LEDGER, flags);
            txn.commit();
            opened = true;
        } finally {
            if (!opened) {
                env.close();
            }
        }
    }

    private Dbi<ByteBuffer> table(Txn<ByteBuffer> txn, String name, DbiFlags... flags) {
        return env.openDbi(txn, name.getBytes(StandardCharsets.US_ASCII), null, false, flags);
    }

    static String name(Table table) {
        return table.name().toLowerCase(Locale.ROOT);
    }

    /** A new environment in a directory that is empty. */
    static Environment create(Path directory, long mapBytes) {
        return open(directory, mapBytes, true);
    }

    static Environment open(Path directory, long mapBytes) {
        return open(directory, mapBytes, false);
    }

    private static Environment open(Path directory, long mapBytes, boolean create) {
        long bytes = mapBytes;
        while (true) {
            try {
                Env<ByteBuffer> env = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                        .setMapSize(bytes)
                        .setMaxDbs(TABLES.length + 1)
                        .setMaxReaders(16)
                        .open(directory.toFile(), MODE, EnvFlags.MDB_NOTLS);
                return new Environment(directory, env, bytes, create);
            } catch (LmdbNativeException.ConstantDerivedException e) {
                // A limit on the address space; LMDB still takes what the file needs.
                if (bytes <= MAP_BYTES_LEAST) {
                    throw e;
                }
                bytes /= 2;
            }
        }
    }

    /**
     * Writes records in one transaction, durable when this returns, and reads some of them back.
     *
     * @param meta of the state that the records complete; null when more is to come
     * @param source called once more when the map had to grow
     */
    synchronized Written write(Totals before, @Nullable SnapshotMeta meta, Consumer<StateSink> source, Pace pace) {
        checkOpen();
        while (true) {
            try {
                return attempt(before, meta, source, pace);
            } catch (Env.MapFullException e) {
                if (mapBytes >= MAP_BYTES_MOST) {
                    throw e;
                }
                // No transaction is left, and there is no reader but this class.
                mapBytes *= 2;
                env.setMapSize(mapBytes);
            }
        }
    }

    private Written attempt(Totals before, @Nullable SnapshotMeta meta, Consumer<StateSink> source, Pace pace) {
        Written written;
        Batch batch;
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            batch = new Batch(txn, before.copy(), pace);
            source.accept(batch);
            Ledger ledger = null;
            if (meta != null) {
                if (batch.totals.count(Table.NODE) != meta.count()) {
                    throw new CheckpointFailed("the cut at 0x" + Long.toHexString(meta.zxid()) + " claims "
                            + meta.count() + " znodes, its records make " + batch.totals.count(Table.NODE));
                }
                ledger = new Ledger(meta, txn.getId(), batch.totals);
                ledgers.put(txn, key(0), value(ledger.encode()));
            }
            txn.commit();
            written = new Written(batch.totals, ledger, batch.records, batch.bytes);
        }
        readBack(written.ledger, batch.samples);
        return written;
    }

    /** A commit that LMDB calls good is looked at once more before anybody drops a log for it. */
    private void readBack(@Nullable Ledger ledger, List<Place> samples) {
        Seal seal = new Seal();
        try (Txn<ByteBuffer> txn = env.txnRead()) {
            if (ledger != null && !ledger.equals(decodeLedger(ledgers.get(txn, key(0))))) {
                throw new CheckpointFailed(directory + ": the ledger reads back differently");
            }
            for (Place sample : samples) {
                ByteBuffer found = table(sample.table).get(txn, key(sample.key));
                // Null when a later change of the same transaction removed it.
                if (found != null) {
                    if (found.remaining() < Integer.BYTES
                            || found.getInt(0) != seal.of(sample.table, sample.key, found.position(Integer.BYTES))) {
                        throw new CheckpointFailed(
                                directory + ": record " + sample.key + " of " + sample.table + " reads back damaged");
                    }
                }
            }
        }
    }

    private static @Nullable Ledger decodeLedger(@Nullable ByteBuffer found) {
        if (found == null) {
            return null;
        }
        byte[] bytes = new byte[found.remaining()];
        found.get(bytes);
        return Ledger.decode(bytes);
    }

    /** The ledger as LMDB finds it; null when there is none that is whole. */
    synchronized @Nullable Ledger ledger() {
        checkOpen();
        try (Txn<ByteBuffer> txn = env.txnRead()) {
            return decodeLedger(ledgers.get(txn, key(0)));
        }
    }

    synchronized long mapBytes() {
        return mapBytes;
    }

    Path directory() {
        return directory;
    }

    long fileBytes() {
        try {
            return Files.size(directory.resolve(DATA));
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            env.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(directory + " is closed");
        }
    }

    private Dbi<ByteBuffer> table(Table table) {
        Dbi<ByteBuffer> found = tables.get(table);
        if (found == null) {
            throw new IllegalArgumentException(table.toString());
        }
        return found;
    }

    private ByteBuffer key(long number) {
        return key.clear().putLong(0, number);
    }

    private ByteBuffer value(byte[] bytes) {
        return reserve(bytes.length).put(bytes).flip();
    }

    private ByteBuffer reserve(int bytes) {
        if (value.capacity() < bytes) {
            value = ByteBuffer.allocateDirect(Math.max(bytes, 2 * value.capacity()));
        }
        return value.clear();
    }

    /**
     * Puts changes into the transaction as they come. They should come by table and key, as every cut and every walk brings
     * them: LMDB writes neighbours a dozen times faster than strangers.
     */
    private final class Batch implements StateSink {
        private static final int STEP = 256;

        private final Txn<ByteBuffer> txn;
        private final Totals totals;
        private final Pace pace;
        private final Seal seal = new Seal();
        private final long[] lasts = new long[TableNumber.COUNT];
        private final boolean[] filled = new boolean[TableNumber.COUNT];
        private final List<Place> samples = new ArrayList<>();

        /** One of so many records is a sample. */
        private long distance = 1;

        private long records;
        private long bytes;

        Batch(Txn<ByteBuffer> txn, Totals totals, Pace pace) {
            this.txn = txn;
            this.totals = totals;
            this.pace = pace;
            for (Table table : TABLES) {
                try (Cursor<ByteBuffer> cursor = table(table).openCursor(txn)) {
                    if (cursor.last()) {
                        filled[TableNumber.of(table)] = true;
                        lasts[TableNumber.of(table)] = cursor.key().getLong(0);
                    }
                }
            }
        }

        @Override
        public void put(Table table, long key, ByteBuffer content) {
            count();
            bytes += content.remaining();
            if (records % distance == 0) {
                sample(new Place(table, key));
            }
            ByteBuffer sealed = reserve(Integer.BYTES + content.remaining());
            sealed.position(Integer.BYTES).put(content).flip();
            int sum = seal.of(table, key, sealed.position(Integer.BYTES));
            sealed.putInt(0, sum).rewind();
            if (isBeyondLast(table, key)) {
                // Fills pages to the brim and needs no search; node ids only grow.
                table(table).put(txn, key(key), sealed, PutFlags.MDB_APPEND);
                filled[TableNumber.of(table)] = true;
                lasts[TableNumber.of(table)] = key;
            } else {
                takeOff(table, key);
                table(table).put(txn, key(key), sealed);
            }
            totals.add(table, key, sum);
        }

        @Override
        public void remove(Table table, long key) {
            count();
            if (takeOff(table, key)) {
                table(table).delete(txn, key(key));
            }
        }

        private void count() {
            records++;
            if (records % STEP == 0) {
                pace.step();
            }
        }

        /** Keeps the samples few and spread over all that comes, however much that will be. */
        private void sample(Place place) {
            samples.add(place);
            if (samples.size() == 2 * SAMPLES) {
                for (int i = 0; i < SAMPLES; i++) {
                    samples.remove(i); // Every second one, because those behind move up.
                }
                distance *= 2;
            }
        }

        /** Corrects the totals for what a key holds now; false when it holds nothing. */
        private boolean takeOff(Table table, long key) {
            if (isBeyondLast(table, key)) {
                return false;
            }
            ByteBuffer old = table(table).get(txn, key(key));
            if (old == null) {
                return false;
            }
            if (old.remaining() < Integer.BYTES) {
                throw new CheckpointFailed(directory + ": record " + key + " of " + table + " is damaged");
            }
            totals.takeOff(table, key, old.getInt(0));
            return true;
        }

        private boolean isBeyondLast(Table table, long key) {
            int number = TableNumber.of(table);
            return !filled[number] || Long.compareUnsigned(key, lasts[number]) > 0;
        }
    }

    @Override
    public String toString() {
        return directory + Arrays.toString(TABLES);
    }
}
