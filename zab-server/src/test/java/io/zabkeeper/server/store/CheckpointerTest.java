package io.zabkeeper.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import io.zabkeeper.server.tree.StateSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {
    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong(1);
    private final BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
    private final Checkpointer.Listener listener = new Checkpointer.Listener() {
        @Override
        public void done(SnapshotMeta meta, long nanos, long bytes) {
            outcomes.add(meta.zxid() + " on " + Thread.currentThread().getName());
        }

        @Override
        public void failed(CheckpointFailed cause) {
            outcomes.add(cause);
        }
    };
    private @Nullable LmdbCheckpoints checkpoints;
    private @Nullable Checkpointer checkpointer;

    @BeforeEach
    void start() throws IOException {
        checkpoints = LmdbCheckpoints.open(directory);
        checkpointer = new Checkpointer(
                checkpoints, CheckpointPolicy.DEFAULT, now::get, (thread, thrown) -> outcomes.add(thrown));
        checkpointer.start();
    }

    @AfterEach
    void stop() {
        checkpointer().close();
        checkpoints().close();
    }

    @Test
    void writes_a_cut_on_its_own_thread() throws Exception {
        checkpointer().submit(Model.nodes(3, 1, 20_000, 100, 20_000), listener);

        assertThat(outcome()).isEqualTo("3 on zab-checkpoint");
        CheckpointStats stats = checkpointer().stats();
        assertThat(stats.written()).isEqualTo(1);
        assertThat(stats.zxid()).isEqualTo(3);
        assertThat(stats.lastRecords()).isEqualTo(20_000);
        assertThat(stats.totalBytes()).isEqualTo(2_000_000);
        assertThat(checkpoints().verify()).isEqualTo(new SnapshotMeta(3, 7, 20_000));
    }

    @Test
    void takes_one_cut_at_a_time() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        checkpointer().submit(slow(go, Model.nodes(1, 1, 10, 20, 10)), listener);

        assertThat(checkpointer().isIdle()).isFalse();
        assertThatThrownBy(() -> checkpointer().submit(Model.nodes(2, 11, 10, 20, 20), listener))
                .isInstanceOf(IllegalStateException.class);
        go.countDown();

        assertThat(outcome()).isEqualTo("1 on zab-checkpoint");
        assertThat(checkpointer().isIdle()).isTrue();
    }

    /** D9. No change may be skipped because its cut was not written. */
    @Test
    void writes_a_cut_that_failed_together_with_the_next_one() throws Exception {
        checkpointer().submit(Model.nodes(1, 1, 10, 20, 10), listener);
        assertThat(outcome()).isEqualTo("1 on zab-checkpoint");

        checkpointer().submit(Model.nodes(2, 11, 10, 20, 999), listener);
        assertThat(outcome()).isInstanceOf(CheckpointFailed.class);
        assertThat(checkpoints().verify()).isEqualTo(new SnapshotMeta(1, 7, 10));
        assertThat(checkpointer().stats().failedInARow()).isEqualTo(1);
        assertThat(checkpointer().isIdle()).isFalse();

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(checkpointer().isIdle()).isTrue();
        checkpointer().submit(Model.nodes(3, 21, 10, 20, 30), listener);
        assertThat(outcome()).isEqualTo("3 on zab-checkpoint");
        assertThat(checkpoints().verify()).isEqualTo(new SnapshotMeta(3, 7, 30));
        assertThat(checkpointer().stats().failedInARow()).isZero();
    }

    @Test
    void installs_a_snapshot_behind_the_cut_that_is_under_way_and_forgets_what_it_owed() throws Exception {
        checkpointer().submit(Model.nodes(2, 1, 10, 20, 999), listener);
        assertThat(outcome()).isInstanceOf(CheckpointFailed.class);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        Staging staging = checkpoints().stage(null);
        Model.nodes(7, 1, 100, 20, 100).writeTo(staging);
        staging.finish(new SnapshotMeta(7, 7, 100));

        CountDownLatch go = new CountDownLatch(1);
        checkpointer().submit(slow(go, Model.nodes(3, 1, 10, 20, 998)), listener);
        checkpointer().install(staging, listener);
        go.countDown();

        assertThat(outcome()).isInstanceOf(CheckpointFailed.class);
        assertThat(outcome()).isEqualTo("7 on zab-checkpoint");
        checkpointer().submit(Model.nodes(8, 101, 1, 20, 101), listener);
        assertThat(outcome()).isEqualTo("8 on zab-checkpoint");
        assertThat(checkpoints().verify()).isEqualTo(new SnapshotMeta(8, 7, 101));
    }

    /** P15. */
    @Test
    void tells_when_it_dies() throws Exception {
        checkpointer()
                .submit(
                        new Cut() {
                            @Override
                            public SnapshotMeta meta() {
                                return new SnapshotMeta(1, 7, 1);
                            }

                            @Override
                            public int size() {
                                return 1;
                            }

                            @Override
                            public void writeTo(StateSink sink) {
                                throw new AssertionError("a cut that cannot be written");
                            }
                        },
                        listener);

        assertThat(outcome()).isInstanceOf(AssertionError.class);
    }

    private Object outcome() throws InterruptedException {
        Object outcome = outcomes.poll(60, TimeUnit.SECONDS);
        return outcome == null ? "nothing" : outcome;
    }

    private static Cut slow(CountDownLatch go, Cut cut) {
        return new Cut() {
            @Override
            public SnapshotMeta meta() {
                return cut.meta();
            }

            @Override
            public int size() {
                return cut.size();
            }

            @Override
            public void writeTo(StateSink sink) {
                try {
                    assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                cut.writeTo(sink);
            }
        };
    }

    private LmdbCheckpoints checkpoints() {
        assertThat(checkpoints).isNotNull();
        return java.util.Objects.requireNonNull(checkpoints);
    }

    private Checkpointer checkpointer() {
        return java.util.Objects.requireNonNull(checkpointer);
    }
}
