package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.server.tree.Cut;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the state is cut for a checkpoint, and tells the core when one is durable.
 *
 * <p>A cut is exact because it is taken between two entries, and never ahead of the log because only what is
 * committed and durable here is ever applied. Belongs to the replica loop.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final Replica replica;
    private final CheckpointWriter writer;
    private final Executor loop;
    private boolean writing;
    private boolean suspended;
    private long lastCutNanos;

    /** @param loop where the writer's outcomes are brought back to */
    public Checkpoints(Replica replica, CheckpointWriter writer, Executor loop, long nowNanos) {
        this.replica = replica;
        this.writer = writer;
        this.loop = loop;
        this.lastCutNanos = nowNanos;
    }

    /** Called every few milliseconds. */
    public void tick(long nowNanos) {
        if (writing || suspended || !writer.isIdle()) {
            return;
        }
        int dirty = replica.machine().dirtyRecords();
        if (dirty > 0 && writer.isDue(dirty, nowNanos - lastCutNanos)) {
            lastCutNanos = nowNanos;
            cut();
        }
    }

    /** Cuts what has changed since the last checkpoint, as before an orderly end. */
    public void cut() {
        Cut cut = replica.machine().freeze();
        writing = true;
        writer.submit(cut, new CheckpointWriter.Outcome() {
            @Override
            public void durable(SnapshotMeta meta) {
                loop.execute(() -> written(meta));
            }

            @Override
            public void failed(Throwable cause) {
                LOG.error("checkpoint fails, the log is kept instead cause=\"{}\"", cause.toString());
                loop.execute(() -> writing = false); // The writer owes this cut and adds it to the next one.
            }
        });
    }

    /** From now on the state is not cut: a snapshot is about to take its place. */
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
    }

    private void written(SnapshotMeta meta) {
        LOG.debug("checkpoint durable zxid={} znodes={}", Zxid.toString(meta.zxid()), meta.count());
        writing = false;
        replica.handle(new Event.SnapshotTaken(meta));
    }
}
