package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D28: the old state or the new one, never both mixed. */
class StagingTest {
    private static final SnapshotMeta OLD = new SnapshotMeta(9, 7, 30);
    private static final SnapshotMeta NEW = new SnapshotMeta(5, 7, 3000);

    @TempDir
    Path directory;

    @BeforeEach
    void writeOldState() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.write(Model.nodes(9, 1, 30, 50, 30));
        }
    }

    @Test
    void replaces_the_whole_state_even_by_one_that_is_older() throws IOException {
        try (LmdbCheckpoints checkpoints = open()) {
            try (Staging staging = stageNew(checkpoints)) {
                assertThat(checkpoints.meta()).isEqualTo(OLD);

                staging.install();
            }

            assertThat(checkpoints.meta()).isEqualTo(NEW);
            assertThat(checkpoints.verify()).isEqualTo(NEW);
            checkpoints.write(Model.nodes(10, 3001, 1, 50, 3001));
        }
        assertThat(environments()).containsExactly("ckpt.2");
        assertThat(reopened()).isEqualTo(new SnapshotMeta(10, 7, 3001));
    }

    @Test
    void leaves_the_old_state_alone_when_it_is_aborted() throws IOException {
        try (LmdbCheckpoints checkpoints = open()) {
            Staging staging = stageNew(checkpoints);

            staging.abort();
            staging.abort();

            assertThatThrownBy(staging::install).isInstanceOf(IllegalStateException.class);
            assertThat(checkpoints.verify()).isEqualTo(OLD);
        }
        assertThat(environments()).containsExactly("ckpt.1");
    }

    @Test
    void lets_the_old_state_be_written_meanwhile() throws IOException {
        try (LmdbCheckpoints checkpoints = open()) {
            try (Staging staging = stageNew(checkpoints)) {
                checkpoints.write(Model.nodes(10, 31, 1, 50, 31));
                assertThat(checkpoints.verify()).isEqualTo(new SnapshotMeta(10, 7, 31));

                staging.install();
            }
            assertThat(checkpoints.verify()).isEqualTo(NEW);
        }
    }

    @Test
    void refuses_a_snapshot_with_too_few_znodes() throws IOException {
        try (LmdbCheckpoints checkpoints = open();
                Staging staging = checkpoints.stage(null)) {
            staging.put(Table.NODE, 1, ByteBuffer.allocate(10));

            assertThatThrownBy(() -> staging.finish(new SnapshotMeta(5, 7, 2)))
                    .isInstanceOf(CheckpointDamaged.class)
                    .hasMessageContaining("2 znodes and has 1");
        }
        assertThat(reopened()).isEqualTo(OLD);
    }

    @Test
    void a_crash_while_it_is_filled_leaves_the_old_state() throws IOException {
        LmdbCheckpoints checkpoints = open();
        Staging staging = checkpoints.stage(null);
        Model.nodes(5, 1, 100_000, 50, 100_000).writeTo(staging);
        checkpoints.close();

        assertThat(reopened()).isEqualTo(OLD);
        assertThat(environments()).containsExactly("ckpt.1");
        staging.abort();
    }

    @Test
    void a_crash_before_it_is_installed_leaves_both_until_the_log_has_decided() throws IOException {
        LmdbCheckpoints crashed = open();
        stageNew(crashed);
        crashed.close();

        try (LmdbCheckpoints checkpoints = open()) {
            assertThat(checkpoints.adopt(new SnapshotMeta(5, 8, 3000))).isFalse();
            assertThat(checkpoints.verify()).isEqualTo(OLD);

            assertThat(checkpoints.adopt(NEW)).isTrue();
            assertThat(checkpoints.verify()).isEqualTo(NEW);
            assertThat(checkpoints.adopt(NEW)).isFalse();
        }
        assertThat(environments()).containsExactly("ckpt.2");
    }

    @Test
    void a_staged_state_that_is_damaged_is_not_adopted() throws IOException {
        LmdbCheckpoints crashed = open();
        stageNew(crashed);
        crashed.close();
        Path data = directory.resolve("ckpt.NEW-2").resolve(Environment.DATA);
        byte[] bytes = Files.readAllBytes(data);
        for (int i = 5 * 4096 + 2000; i < bytes.length; i += 4096) {
            bytes[i] ^= 1;
        }
        Files.write(data, bytes);

        try (LmdbCheckpoints checkpoints = open()) {
            assertThat(checkpoints.adopt(NEW)).isFalse();
            assertThat(checkpoints.verify()).isEqualTo(OLD);
        }
    }

    @Test
    void a_crash_before_the_switch_leaves_the_old_state() throws IOException {
        LmdbCheckpoints crashed = open();
        stageNew(crashed);
        crashed.close();
        Files.move(directory.resolve("ckpt.NEW-2"), directory.resolve("ckpt.2"));
        Files.writeString(directory.resolve("CURRENT.tmp"), "ckp");

        assertThat(reopened()).isEqualTo(OLD);
        assertThat(environments()).containsExactly("ckpt.1");
    }

    @Test
    void a_crash_after_the_switch_leaves_the_new_state() throws IOException {
        LmdbCheckpoints crashed = open();
        stageNew(crashed);
        crashed.close();
        Files.move(directory.resolve("ckpt.NEW-2"), directory.resolve("ckpt.2"));
        new CurrentFile(directory).write(directory.resolve("ckpt.2"));

        assertThat(reopened()).isEqualTo(NEW);
        assertThat(environments()).containsExactly("ckpt.2");
    }

    @Test
    void a_crash_before_the_very_first_switch_loses_nothing() throws IOException {
        Files.delete(directory.resolve("CURRENT"));

        assertThat(reopened()).isEqualTo(OLD);
    }

    private LmdbCheckpoints open() throws IOException {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        checkpoints.load(CheckpointReader.NOWHERE);
        return checkpoints;
    }

    private static Staging stageNew(LmdbCheckpoints checkpoints) {
        Staging staging = checkpoints.stage(null);
        Model.nodes(5, 1, 3000, 50, 3000).writeTo(staging);
        assertThat(staging.finish(NEW)).isEqualTo(NEW);
        return staging;
    }

    private SnapshotMeta reopened() throws IOException {
        try (LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory)) {
            checkpoints.discardLeftovers();
            return checkpoints.load(CheckpointReader.NOWHERE);
        }
    }

    private List<String> environments() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(CurrentFile::name)
                    .filter(name -> name.startsWith("ckpt"))
                    .sorted()
                    .toList();
        }
    }
}
