package io.zabkeeper.server.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that behaves as badly as a real one may: at a power cut each page that was not synced is kept, lost or
 * torn, and of the changes to directories that were not synced some first ones are kept.
 *
 * <p>Operations that change something are counted, so that a test can stop the power, or have one fail, at each of them.
 */
final class FaultyDisk implements Disk {
    static final int PAGE = 4096;
    private static final int SECTOR = 512;

    /** The power is off. */
    static final class PowerCutException extends IOException {
        private static final long serialVersionUID = 1;

        PowerCutException() {
            super("power cut");
        }
    }

    private static final class Inode {
        private final TreeMap<Long, byte[]> cached = new TreeMap<>();
        private final TreeMap<Long, byte[]> durable = new TreeMap<>();
        private final Set<Long> dirty = new HashSet<>();
        private long size;
        private long durableSize;
    }

    private interface Change {
        void applyTo(Map<String, Inode> names);
    }

    private record Pending(String directory, Change change) {}

    private TreeMap<String, Inode> names = new TreeMap<>();
    private TreeMap<String, Inode> durableNames = new TreeMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private long capacity = Long.MAX_VALUE;
    private long operations;
    private long cutAt = Long.MAX_VALUE;
    private long failAt = Long.MAX_VALUE;
    private int lives;
    private volatile CountDownLatch stall = new CountDownLatch(0);

    /** Changes so far. */
    synchronized long operations() {
        return operations;
    }

    /** The power stops before the n-th change from now. */
    synchronized void cutPowerAfter(long changes) {
        cutAt = operations + changes;
    }

    /** The n-th change from now fails with EIO, once; a failed sync forgets what it should have written. */
    synchronized void failAfter(long changes) {
        failAt = operations + changes;
    }

    /** Until the latch falls no sync of a file returns. */
    void stallSyncs(CountDownLatch until) {
        stall = until;
    }

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Cuts the power, now if it is still on, and switches it on again. */
    synchronized void restartAfterPowerCut(long seed, int keepPercent) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Inode inode : inodes()) {
            List<Long> dirty = new ArrayList<>(inode.dirty);
            dirty.sort(null);
            for (long page : dirty) {
                settle(inode, page, random, keepPercent);
            }
            inode.dirty.clear();
        }
        int kept = keepPercent == 100 ? pending.size() : keepPercent == 0 ? 0 : random.nextInt(pending.size() + 1);
        for (Pending change : pending.subList(0, kept)) {
            change.change.applyTo(durableNames);
        }
        for (Inode inode : durableNames.values()) {
            inode.cached.clear();
            inode.durable.forEach((page, bytes) -> inode.cached.put(page, bytes.clone()));
            inode.size = inode.durableSize;
        }
        names = new TreeMap<>(durableNames);
        restart();
        pending.clear();
    }

    /** The process died and the system lives: nothing is lost. */
    synchronized void restart() {
        lives++;
        cutAt = Long.MAX_VALUE;
        failAt = Long.MAX_VALUE;
    }

    private Set<Inode> inodes() {
        Set<Inode> all = new HashSet<>(names.values());
        all.addAll(durableNames.values());
        return all;
    }

    private static void settle(Inode inode, long page, SplittableRandom random, int keepPercent) {
        byte[] cached = inode.cached.get(page);
        if (random.nextInt(100) >= keepPercent || cached == null) {
            return;
        }
        boolean torn = keepPercent < 100 && random.nextInt(5) == 0;
        byte[] before = inode.durable.getOrDefault(page, new byte[PAGE]);
        byte[] after = cached.clone();
        for (int sector = 0; torn && sector < PAGE; sector += SECTOR) {
            if (random.nextBoolean()) {
                System.arraycopy(before, sector, after, sector, SECTOR);
            }
        }
        inode.durable.put(page, after);
        inode.durableSize = Math.max(inode.durableSize, Math.min(inode.size, (page + 1) * PAGE));
    }

    /** Rot: one bit on the platter, and in memory, is no longer what it was. */
    synchronized void flip(String name, long position, int bit) throws IOException {
        byte[] page = inode(name).cached.get(position / PAGE);
        if (page == null) {
            page = new byte[PAGE];
            inode(name).cached.put(position / PAGE, page);
        }
        page[(int) (position % PAGE)] ^= (byte) (1 << bit);
        inode(name).durable.put(position / PAGE, page.clone());
    }

    /** The bytes of a file, and where to put them back. */
    synchronized byte[] bytes(String name) throws IOException {
        Inode inode = inode(name);
        byte[] bytes = new byte[(int) inode.size];
        read(inode, ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    synchronized void replace(String name, byte[] bytes) throws IOException {
        Inode inode = inode(name);
        inode.cached.clear();
        inode.durable.clear();
        inode.size = bytes.length;
        inode.durableSize = bytes.length;
        for (int at = 0; at < bytes.length; at += PAGE) {
            inode.cached.put((long) at / PAGE, Arrays.copyOfRange(bytes, at, at + PAGE));
            inode.durable.put((long) at / PAGE, Arrays.copyOfRange(bytes, at, at + PAGE));
        }
        inode.dirty.clear();
    }

    /** A disk with the same durable contents, for another try. */
    synchronized FaultyDisk copy() {
        FaultyDisk copy = new FaultyDisk();
        Map<Inode, Inode> copies = new HashMap<>();
        for (Inode inode : inodes()) {
            Inode twin = new Inode();
            inode.cached.forEach((page, bytes) -> twin.cached.put(page, bytes.clone()));
            inode.durable.forEach((page, bytes) -> twin.durable.put(page, bytes.clone()));
            twin.dirty.addAll(inode.dirty);
            twin.size = inode.size;
            twin.durableSize = inode.durableSize;
            copies.put(inode, twin);
        }
        names.forEach((name, inode) -> copy.names.put(name, copies.getOrDefault(inode, inode)));
        durableNames.forEach((name, inode) -> copy.durableNames.put(name, copies.getOrDefault(inode, inode)));
        return copy;
    }

    /** Removes a file as an operator would, behind everybody's back. */
    synchronized void vanish(String name) {
        names.remove(name);
        durableNames.remove(name);
    }

    private Inode inode(String name) throws FileNotFoundException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new FileNotFoundException(name);
        }
        return inode;
    }

    private void count() throws IOException {
        if (operations >= cutAt) {
            throw new PowerCutException();
        }
        operations++;
        if (operations > failAt) {
            failAt = Long.MAX_VALUE;
            throw new IOException("Input/output error");
        }
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private void change(String name, Change change) {
        change.applyTo(names);
        pending.add(new Pending(parent(name), change));
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        return new File(inode(name), lives);
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        count();
        Inode inode = new Inode();
        change(name, all -> all.put(name, inode));
        return new File(inode, lives);
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(name) || !list(name).isEmpty();
    }

    @Override
    public void createDirectory(String name) {
        // A directory is there as soon as a file in it is.
    }

    @Override
    public synchronized void rename(String source, String target) throws IOException {
        count();
        change(source, all -> {
            Map<String, Inode> moved = new HashMap<>();
            all.entrySet().removeIf(entry -> {
                String name = entry.getKey();
                boolean moves = name.equals(source) || name.startsWith(source + "/");
                if (moves) {
                    moved.put(target + name.substring(source.length()), entry.getValue());
                }
                return moves;
            });
            all.putAll(moved);
        });
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        count();
        inode(name);
        change(name, all -> all.remove(name));
    }

    @Override
    public synchronized void syncDirectory(String name) throws IOException {
        count();
        for (Pending change : pending) {
            if (change.directory.equals(name)) {
                change.change.applyTo(durableNames);
            }
        }
        pending.removeIf(change -> change.directory.equals(name));
    }

    @Override
    public synchronized List<String> list(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return names.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .map(name -> name.contains("/") ? name.substring(0, name.indexOf('/')) : name)
                .distinct()
                .toList();
    }

    @Override
    public synchronized long freeBytes() {
        return capacity - used();
    }

    private long used() {
        return names.values().stream().mapToLong(inode -> inode.size).sum();
    }

    @Override
    public String locate(String name) {
        return "/data/" + name;
    }

    private static int read(Inode inode, ByteBuffer target, long position) {
        int total = 0;
        while (target.hasRemaining() && position + total < inode.size) {
            long at = position + total;
            int inPage = (int) (at % PAGE);
            int length = (int) Math.min(Math.min(PAGE - inPage, target.remaining()), inode.size - at);
            byte @Nullable [] page = inode.cached.get(at / PAGE);
            target.put(page == null ? new byte[PAGE] : page, inPage, length);
            total += length;
        }
        return total;
    }

    private final class File implements DiskFile {
        private final Inode inode;
        private final int life;

        private File(Inode inode, int life) {
            this.inode = inode;
            this.life = life;
        }

        private void change() throws IOException {
            if (life != lives) {
                throw new PowerCutException();
            }
            count();
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyDisk.this) {
                change();
                if (position + source.remaining() > inode.size
                        && position + source.remaining() - inode.size > freeBytes()) {
                    throw new DiskFullException("No space left on device");
                }
                long at = position;
                while (source.hasRemaining()) {
                    int inPage = (int) (at % PAGE);
                    int length = Math.min(PAGE - inPage, source.remaining());
                    source.get(inode.cached.computeIfAbsent(at / PAGE, page -> new byte[PAGE]), inPage, length);
                    inode.dirty.add(at / PAGE);
                    at += length;
                }
                inode.size = Math.max(inode.size, at);
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (FaultyDisk.this) {
                return FaultyDisk.read(inode, target, position);
            }
        }

        @Override
        public void sync() throws IOException {
            try {
                stall.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            synchronized (FaultyDisk.this) {
                try {
                    change();
                } catch (PowerCutException e) {
                    throw e;
                } catch (IOException e) {
                    inode.dirty.clear(); // As Linux does: the next sync returns success.
                    throw e;
                }
                for (long page : inode.dirty) {
                    byte[] bytes = inode.cached.get(page);
                    if (bytes != null) {
                        inode.durable.put(page, bytes.clone());
                    }
                }
                inode.durableSize = inode.size;
                inode.dirty.clear();
            }
        }

        @Override
        public long sizeBytes() {
            synchronized (FaultyDisk.this) {
                return inode.size;
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
