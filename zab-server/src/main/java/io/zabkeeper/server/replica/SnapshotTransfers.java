package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.SnapshotId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.driver.SnapshotDepot;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.tree.StateSink;
import io.zabkeeper.server.tree.Table;
import io.zabkeeper.server.tree.TreeMachine;
import io.zabkeeper.server.tree.TreeRestorer;
import io.zabkeeper.server.tree.Walk;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots between members, both ends: a leader streams its state exactly as it is at one position while writes go on; a
 * learner collects it on disk and in memory at the same time, and switches over when the core says that the log knows.
 *
 * <p>Belongs to the replica loop; what blocks runs on {@code worker}, one task after the other.
 */
public final class SnapshotTransfers implements SnapshotDepot {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTransfers.class);

    private final SnapshotLinks links;
    private final SnapshotStage.Opener stages;
    private final Supplier<TreeRestorer> restorers;
    private final Executor worker;
    private final Executor loop;

    private @Nullable Replica replica;
    private @Nullable Checkpoints checkpoints;
    private @Nullable Incoming incoming;

    public SnapshotTransfers(
            SnapshotLinks links,
            SnapshotStage.Opener stages,
            Supplier<TreeRestorer> restorers,
            Executor worker,
            Executor loop) {
        this.links = links;
        this.stages = stages;
        this.restorers = restorers;
        this.worker = worker;
        this.loop = loop;
    }

    /** Closes the circle with those who need this depot to be built. Called once, before the first event. */
    public void serve(Replica replica, Checkpoints checkpoints) {
        this.replica = replica;
        this.checkpoints = checkpoints;
    }

    // ---- leader -----------------------------------------------------------------------------------------------------

    @Override
    public void send(NodeId peer, SnapshotId id) {
        Walk walk = replica().machine().walk();
        LOG.info("snapshot goes out learner={} zxid={}", peer, Zxid.toString(id.zxid()));
        links.push(peer, id, walk, complete -> {
            walk.close();
            replica().handle(new Event.SnapshotSent(peer, id, complete));
        });
    }

    @Override
    public void abort(SnapshotId id) {
        links.abort(id);
        Incoming current = incoming;
        if (current != null && current.id.equals(id)) {
            current.broken();
        }
    }

    // ---- learner ----------------------------------------------------------------------------------------------------

    /** A leader begins to push. A transfer that is under way already is given up for the new one. */
    public SnapshotLinks.Incoming begin(SnapshotId id) {
        Incoming before = incoming;
        if (before != null) {
            before.broken();
        }
        LOG.info("snapshot comes in leader={} zxid={}", id.source(), Zxid.toString(id.zxid()));
        Incoming begun = new Incoming(id);
        incoming = begun;
        return begun;
    }

    @Override
    public void install(SnapshotId id, SnapshotMeta meta) {
        Incoming current = incoming;
        if (current == null || !current.id.equals(id)) {
            replica().halt("the log names a snapshot that is not staged: " + id);
            return;
        }
        // A cut of the old state must not be written into the new checkpoint.
        checkpoints().suspend();
        worker.execute(() -> current.switchOver(meta));
    }

    private Replica replica() {
        Replica state = replica;
        if (state == null) {
            throw new IllegalStateException("not serving yet");
        }
        return state;
    }

    private Checkpoints checkpoints() {
        Checkpoints cuts = checkpoints;
        if (cuts == null) {
            throw new IllegalStateException("not serving yet");
        }
        return cuts;
    }

    /** One transfer at its receiving end. */
    private final class Incoming implements SnapshotLinks.Incoming {
        private final SnapshotId id;
        private volatile boolean over;
        // The following belong to the worker.
        private @Nullable SnapshotStage stage;
        private @Nullable TreeRestorer restorer;
        private @Nullable TreeMachine restored;

        Incoming(SnapshotId id) {
            this.id = id;
        }

        @Override
        public void batch(Consumer<StateSink> records, Runnable taken) {
            onWorker(() -> {
                records.accept(sink());
                taken.run();
            });
        }

        @Override
        public void end(SnapshotMeta meta) {
            onWorker(() -> {
                sink();
                SnapshotStage staged = stage;
                TreeRestorer memory = restorer;
                if (staged == null || memory == null) {
                    throw new IllegalStateException("nothing was staged");
                }
                restored = memory.finish(meta); // Digest and count are the leader's, or this throws.
                SnapshotMeta durable = staged.finish(meta);
                loop.execute(() -> replica().handle(new Event.SnapshotStaged(id, durable)));
            });
        }

        @Override
        public void broken() {
            if (over) {
                return;
            }
            over = true;
            worker.execute(this::discard);
            if (incoming == this) {
                incoming = null;
            }
        }

        private StateSink sink() {
            SnapshotStage staged = stage == null ? stages.open(id) : stage;
            TreeRestorer memory = restorer == null ? restorers.get() : restorer;
            stage = staged;
            restorer = memory;
            return new StateSink() {
                @Override
                public void put(Table table, long key, ByteBuffer value) {
                    staged.put(table, key, value.duplicate());
                    memory.put(table, key, value);
                }

                @Override
                public void remove(Table table, long key) {
                    throw new IllegalStateException("a snapshot has nothing to remove");
                }
            };
        }

        private void switchOver(SnapshotMeta meta) {
            SnapshotStage staged = stage;
            TreeMachine state = restored;
            if (staged == null || state == null) {
                loop.execute(() -> replica().halt("the log names a snapshot that is not complete: " + id));
                return;
            }
            staged.install(new CheckpointWriter.Outcome() {
                @Override
                public void durable(SnapshotMeta installed) {
                    loop.execute(() -> switched(state, meta));
                }

                @Override
                public void failed(Throwable failure) {
                    loop.execute(() -> replica().halt("snapshot cannot be installed: " + failure));
                }
            });
        }

        private void switched(TreeMachine state, SnapshotMeta meta) {
            over = true;
            incoming = null;
            replica().replaceMachine(state);
            checkpoints().resume();
            replica().handle(new Event.SnapshotInstalled(id, meta));
        }

        /** A transfer that fails on the way is given up, its connection ends; the leader notices and will try again. */
        private void onWorker(Runnable task) {
            worker.execute(() -> {
                if (over) {
                    return;
                }
                try {
                    task.run();
                } catch (RuntimeException failure) {
                    LOG.warn("snapshot cannot be taken in cause=\"{}\"", failure.toString());
                    over = true;
                    discard();
                    loop.execute(() -> links.abort(id));
                }
            });
        }

        private void discard() {
            SnapshotStage staged = stage;
            if (staged != null) {
                staged.abort();
            }
            stage = null;
            restorer = null;
            restored = null;
        }
    }
}
