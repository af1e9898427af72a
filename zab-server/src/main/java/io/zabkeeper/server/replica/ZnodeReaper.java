package io.zabkeeper.server.replica;

import io.zabkeeper.server.config.ServerConfig.Containers;
import io.zabkeeper.server.tree.Applied;
import io.zabkeeper.server.tree.Command;
import io.zabkeeper.server.tree.CommandCodec;
import io.zabkeeper.server.tree.ReapScan;
import io.zabkeeper.wire.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's part in the end of containers and of znodes with a time to live (client protocol §4.5): finds those that
 * are due and orders their removal, which is checked again when it is applied. A new leader goes on by itself; what the
 * one before had ordered in vain is found again.
 *
 * <p>Never early: what is due is judged by {@link SteadyTime}, and the command's own stamp never goes back (C1). A pause of
 * the process makes it late.
 *
 * <p>Belongs to the replica loop.
 */
public final class ZnodeReaper {
    private static final Logger LOG = LoggerFactory.getLogger(ZnodeReaper.class);

    /** Znodes looked at in one go; a scan goes on with the next tick. */
    private static final int LOOKS = 1_000;

    /** Removals ordered in one go, at the most. */
    private static final int MOST_AT_ONCE = 100;

    /** What may be made up of removals that the last ticks have missed. */
    private static final long ARREARS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Replica replica;
    private final Containers policy;
    private final LongSupplier wallMillis;
    private final SteadyTime time;

    private long nextScanNanos;
    private long nextRemovalNanos;
    private @Nullable ReapScan scan;
    private int ordered;
    private long reaped;

    /** @param policy how often to look and how fast to remove; the first look comes one interval after an election */
    public ZnodeReaper(Replica replica, Containers policy, LongSupplier wallMillis, long nowNanos) {
        this.replica = replica;
        this.policy = policy;
        this.wallMillis = wallMillis;
        this.time = new SteadyTime(wallMillis.getAsLong(), nowNanos);
        this.nextScanNanos = nowNanos;
    }

    /** Called every few milliseconds. */
    public void tick(long nowNanos) {
        long nowMillis = time.millis(wallMillis.getAsLong(), nowNanos);
        if (!replica.isLeading()) {
            scan = null;
            nextScanNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(policy.checkIntervalMs());
            return;
        }
        if (scan == null && nowNanos >= nextScanNanos) {
            nextScanNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(policy.checkIntervalMs());
            scan = replica.machine().reapScan(policy.neverUsedMs());
            ordered = 0;
        }
        if (scan != null && replica.hasRoom()) {
            goOn(scan, nowNanos, nowMillis);
        }
    }

    private void goOn(ReapScan current, long nowNanos, long nowMillis) {
        nextRemovalNanos = Math.max(nextRemovalNanos, nowNanos - ARREARS_NANOS);
        for (int i = 0; i < MOST_AT_ONCE && nextRemovalNanos <= nowNanos; i++) {
            long node = current.next(nowMillis, LOOKS);
            if (node == 0) {
                break;
            }
            nextRemovalNanos += TimeUnit.MINUTES.toNanos(1) / policy.mostPerMinute();
            order(node);
        }
        if (current.isDone()) {
            scan = null;
            if (ordered > 0) {
                LOG.info("containers and expired znodes are removed count={}", ordered);
            }
        }
    }

    private void order(long node) {
        ordered++;
        byte[] command = CommandCodec.encode(new Command.ReapZnode(node, policy.neverUsedMs()));
        replica.order(command, new Completion() {
            @Override
            public void applied(long zxid, Applied outcome) {
                if (outcome.error() == ErrorCode.OK) {
                    reaped++;
                } else {
                    LOG.debug("znode is not removed after all node={} error={}", node, outcome.error());
                }
            }

            @Override
            public void lost() {
                // Whoever leads next finds it again.
            }
        });
    }

    /** Removals that this member has ordered and that were made. */
    public long reapedCount() {
        return reaped;
    }
}
