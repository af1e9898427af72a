package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmdbCheckpointsTest {
    @TempDir
    Path directory;

    @Test
    void holds_nothing_at_first() throws IOException {
        Model read = new Model();

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThat(checkpoints.load(read)).isEqualTo(SnapshotMeta.NONE);
        }

        assertThat(read).isEqualTo(new Model());
    }

    @Test
    void returns_what_was_written() throws IOException {
        byte[] value = "Zürich".getBytes(StandardCharsets.UTF_8);
        Model expected = new Model();
        List<Change> changes = List.of(
                new Change(Table.NODE, 1, new byte[0]),
                new Change(Table.NODE, 2, value),
                new Change(Table.SESSION, -1, value),
                new Change(Table.SESSION, Long.MIN_VALUE, new byte[100_000]),
                new Change(Table.ACL, 2, value));
        changes.forEach(change -> change.applyTo(expected));
        SnapshotMeta meta = new SnapshotMeta(0x500000007L, -3, 2);

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.write(Model.cut(meta, changes));

            assertThat(checkpoints.meta()).isEqualTo(meta);
            assertThat(checkpoints.verify()).isEqualTo(meta);
        }

        Model read = new Model();
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThat(checkpoints.load(read)).isEqualTo(meta);
        }
        assertThat(read).isEqualTo(expected);
    }

    /** Storage §5.2: what stands there after each cut is exactly the state at its position. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void follows_a_model_cut_by_cut(long seed) throws IOException {
        RandomGenerator random = Model.random(seed);
        Model model = new Model();
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        for (int zxid = 1; zxid <= 60; zxid++) {
            Cut cut = model.change(random, zxid, 1 + random.nextInt(500), 40 + 20 * zxid);

            checkpoints.write(cut);

            if (random.nextInt(3) == 0) {
                checkpoints.close();
                checkpoints = LmdbCheckpoints.open(directory);
            }
            Model read = new Model();
            assertThat(checkpoints.load(read)).as("seed %d", seed).isEqualTo(cut.meta());
            assertThat(read).as("seed %d, zxid %d", seed, zxid).isEqualTo(model);
        }
        checkpoints.close();
    }

    @Test
    void refuses_a_cut_whose_records_do_not_make_the_nodes_that_it_claims() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.write(Model.nodes(1, 1, 10, 20, 10));

            assertThatThrownBy(() -> checkpoints.write(Model.nodes(2, 11, 10, 20, 19)))
                    .isInstanceOf(CheckpointFailed.class)
                    .hasMessageContaining("19")
                    .hasMessageContaining("20");

            assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(1, 7, 10));
            checkpoints.write(Model.nodes(2, 11, 10, 20, 20));
            assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(2, 7, 20));
        }
    }

    @Test
    void refuses_an_older_cut() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.write(Model.nodes(5, 1, 10, 20, 10));

            assertThatThrownBy(() -> checkpoints.write(Model.nodes(4, 1, 10, 20, 10)))
                    .isInstanceOf(CheckpointFailed.class)
                    .hasMessageContaining("0x4");
        }
    }

    /** D30. */
    @Test
    void grows_the_map_when_it_is_full() throws IOException {
        Model read = new Model();
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory, 1 << 20)) {
            checkpoints.write(Model.nodes(1, 1, 1000, 200, 1000));
            checkpoints.write(Model.nodes(2, 1001, 19_000, 200, 20_000));

            assertThat(checkpoints.mapBytes()).isGreaterThanOrEqualTo(4 << 20);
        }

        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory, 1 << 20)) {
            assertThat(checkpoints.load(read)).isEqualTo(new SnapshotMeta(2, 7, 20_000));
            checkpoints.write(Model.nodes(3, 20_001, 20_000, 200, 40_000));
            assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(3, 7, 40_000));
        }
        assertThat(read.nodes()).isEqualTo(20_000);
    }

    @Test
    void reuses_the_pages_of_older_cuts() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.write(Model.nodes(1, 1, 5000, 200, 5000));
            long before = checkpoints.fileBytes();

            for (int zxid = 2; zxid < 30; zxid++) {
                checkpoints.write(Model.nodes(zxid, 1, 5000, 200, 5000));
            }

            assertThat(checkpoints.fileBytes()).isLessThan(3 * before);
        }
    }

    /** P19. */
    @Test
    void refuses_a_directory_that_is_in_use() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            assertThat(checkpoints.meta()).isEqualTo(SnapshotMeta.NONE);

            assertThatThrownBy(() -> LmdbCheckpoints.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void says_no_after_it_has_been_closed() throws IOException {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        checkpoints.write(Model.nodes(1, 1, 10, 20, 10));

        checkpoints.close();
        checkpoints.close();

        assertThatThrownBy(() -> checkpoints.write(Model.nodes(2, 1, 10, 20, 10)))
                .isInstanceOf(IllegalStateException.class);
    }
}
