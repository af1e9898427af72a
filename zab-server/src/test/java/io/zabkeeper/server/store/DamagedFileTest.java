package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * D14, D15, D16. Whatever happens to the file: either the reader refuses, or it answers with a state that was a
 * checkpoint once, whole. LMDB itself answered 179 of 200 flips with wrong values.
 */
class DamagedFileTest {
    private static final int PAGE = 4096;
    private static final long LAST = 40;

    @TempDir
    Path directory;

    private long last;
    private long lastButOne;
    private Path data = Path.of("");
    private byte[] sound = new byte[0];
    private byte[] stale = new byte[0];

    @BeforeEach
    void writeCheckpoint() throws IOException {
        RandomGenerator random = Model.random(11);
        Model model = new Model();
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            for (long zxid = 1; zxid <= LAST; zxid++) {
                if (zxid == LAST) {
                    lastButOne = fingerprint(model);
                    stale = Files.readAllBytes(directory.resolve("ckpt.1").resolve(Environment.DATA));
                }
                checkpoints.write(model.change(random, zxid, 30, 300));
            }
        }
        data = directory.resolve("ckpt.1").resolve(Environment.DATA);
        sound = Files.readAllBytes(data);
        last = fingerprint(model);
        assertThat(isRefused("untouched")).isFalse();
    }

    @Test
    void finds_a_flipped_bit_in_any_page_header() throws IOException {
        int refused = 0;
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            for (int page = 0; page < sound.length / PAGE; page++) {
                for (int at = page < 2 ? 0 : page % 8; at < (page < 2 ? 160 : 24); at += page < 2 ? 1 : 8) {
                    refused += flip(file, page * PAGE + at, 1 << (at + page) % 8) ? 1 : 0;
                }
            }
        }

        assertThat(refused).isGreaterThan(sound.length / PAGE);
    }

    @Test
    void finds_a_flipped_bit_anywhere() throws IOException {
        RandomGenerator random = Model.random(12);
        int refused = 0;
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            for (int i = 0; i < 800; i++) {
                refused += flip(file, random.nextInt(sound.length), 1 << random.nextInt(8)) ? 1 : 0;
            }
        }

        assertThat(refused).isGreaterThan(80);
    }

    /** D22: a page that was written elsewhere, or never. */
    @Test
    void finds_pages_that_are_zero_or_stale_or_misplaced() throws IOException {
        RandomGenerator random = Model.random(13);
        int pages = sound.length / PAGE;
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            for (int page = 0; page < pages; page++) {
                replace(file, page, new byte[PAGE], 0, "zero");
                replace(file, page, sound, random.nextInt(pages), "misplaced");
                if ((page + 1) * PAGE <= stale.length) {
                    replace(file, page, stale, page, "stale");
                }
            }
        }
        assertThat(isRefused("all restored")).isFalse();
    }

    /** D23: every checksum is right, only the records are those of an older day. */
    @Test
    void finds_a_page_whose_last_write_was_lost() throws IOException {
        Path other = directory.resolve("other");
        Path file = other.resolve("ckpt.1").resolve(Environment.DATA);
        List<byte[]> versions = new ArrayList<>();
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(other)) {
            for (long zxid = 1; zxid <= 12; zxid++) {
                checkpoints.write(Model.nodes(zxid, 1, 10, 100, 10));
                versions.add(Files.readAllBytes(file));
            }
        }
        byte[] newest = versions.get(versions.size() - 1);
        int refused = 0;
        for (byte[] version : versions) {
            for (int page = 2; page < version.length / PAGE; page++) {
                byte[] bytes = newest.clone();
                System.arraycopy(version, page * PAGE, bytes, page * PAGE, PAGE);
                Files.write(file, bytes);
                List<Byte> positions = new ArrayList<>();
                try {
                    CheckpointReader.read(other.resolve("ckpt.1"), new StateSink() {
                        @Override
                        public void put(Table table, long key, ByteBuffer value) {
                            positions.add(value.get(0));
                        }

                        @Override
                        public void remove(Table table, long key) {}
                    });
                    assertThat(positions).hasSize(10).containsOnly((byte) 12);
                } catch (CheckpointDamaged e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    private void replace(RandomAccessFile file, int page, byte[] from, int fromPage, String what) throws IOException {
        file.seek((long) page * PAGE);
        file.write(from, fromPage * PAGE, PAGE);
        isRefused(what + " page " + page);
        file.seek((long) page * PAGE);
        file.write(sound, page * PAGE, PAGE);
    }

    /** D16. With LMDB alone this is a SIGBUS. */
    @Test
    void finds_a_truncated_file() throws IOException {
        for (int bytes = 0; bytes < sound.length; bytes += PAGE * 3 / 2) {
            Files.write(data, Arrays.copyOf(sound, bytes));
            isRefused("truncated to " + bytes);
        }
        Files.write(data, Arrays.copyOf(sound, sound.length / 2));

        assertThat(isRefused("half of it")).isTrue();
    }

    @Test
    void says_where_the_damage_is_and_goes_on_without_the_checkpoint_once_it_is_set_aside() throws IOException {
        Files.write(data, Arrays.copyOf(sound, sound.length / 2));

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThatThrownBy(() -> checkpoints.load(new Model()))
                    .isInstanceOf(CheckpointDamaged.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("is missing")
                    .hasMessageContaining("snapshot of its peers");

            Path aside = checkpoints.setAside().orElseThrow();

            assertThat(aside).isDirectoryContaining(path -> path.endsWith(Environment.DATA));
            assertThat(checkpoints.load(new Model())).isEqualTo(SnapshotMeta.NONE);
            checkpoints.write(Model.nodes(1, 1, 10, 20, 10));
        }
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(1, 7, 10));
        }
    }

    @Test
    void refuses_a_directory_without_its_file() throws IOException {
        Files.delete(data);

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThatThrownBy(() -> checkpoints.load(new Model())).isInstanceOf(CheckpointDamaged.class);
        }
    }

    @Test
    void refuses_a_current_file_that_is_damaged() throws IOException {
        Path current = directory.resolve("CURRENT");
        Files.writeString(current, Files.readString(current).replace("ckpt.1", "ckpt.2"));

        assertThatThrownBy(() -> LmdbCheckpoints.open(directory))
                .isInstanceOf(CheckpointDamaged.class)
                .hasMessageContaining("CURRENT");
    }

    private boolean flip(RandomAccessFile file, int at, int mask) throws IOException {
        file.seek(at);
        file.write(sound[at] ^ mask);
        boolean refused = isRefused("byte " + at + " of " + sound.length + " flipped by " + mask);
        file.seek(at);
        file.write(sound[at]);
        return refused;
    }

    /** Fails when what is read was never a checkpoint. */
    private boolean isRefused(String what) {
        Fingerprint read = new Fingerprint();
        Ledger ledger;
        try {
            ledger = CheckpointReader.read(directory.resolve("ckpt.1"), read);
        } catch (CheckpointDamaged e) {
            return true;
        }
        // A meta page that is not there looks like a crash before it was written.
        assertThat(ledger.meta().zxid()).as(what).isBetween(LAST - 1, LAST);
        assertThat(read.value).as(what).isEqualTo(ledger.meta().zxid() == LAST ? last : lastButOne);
        return false;
    }

    private static long fingerprint(Model model) {
        Fingerprint fingerprint = new Fingerprint();
        model.everything(SnapshotMeta.NONE).writeTo(fingerprint);
        return fingerprint.value;
    }

    /** Cheaper than comparing models ten thousand times; the order of records makes no difference. */
    private static final class Fingerprint implements StateSink {
        private long value;

        @Override
        public void put(Table table, long key, ByteBuffer bytes) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            value += (key * 31 + crc.getValue()) * 0x9e3779b97f4a7c15L
                    + table.name().hashCode() * (key | 1);
        }

        @Override
        public void remove(Table table, long key) {
            throw new AssertionError("a checkpoint holds no removals");
        }
    }
}
