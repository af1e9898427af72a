package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.SetData;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a znode costs. The figures are printed, rates by the thread's own processor time; the limits that are asserted leave room for a slow and busy machine, but
 * not for another order of magnitude.
 */
@Tag("alone")
class TreeCostTest {
    private static final int PARENTS = 200;
    private static final int CHILDREN = 1000;
    private static final int NODES = PARENTS * CHILDREN;
    private static final byte[] DATA = new byte[100];

    private final TreeFixture tree = new TreeFixture();

    @Test
    void a_znode_with_100_bytes_of_data_takes_less_than_290_bytes_of_heap() {
        for (int parent = 0; parent < PARENTS; parent++) {
            tree.create("/parent-" + parent);
        }
        tree.machine.freeze();
        long before = usedHeap();

        for (int i = 0; i < NODES; i++) {
            tree.order(create(i));
        }
        tree.machine.freeze();

        long bytes = (usedHeap() - before) / NODES;
        System.out.println("bytes of heap per znode: " + bytes);
        assertThat(tree.machine.nodeCount()).isEqualTo(4 + PARENTS + NODES);
        assertThat(bytes).isBetween(100L, 290L);
    }

    @Test
    void applies_and_reads_without_a_thought() {
        for (int parent = 0; parent < PARENTS; parent++) {
            tree.create("/parent-" + parent);
        }
        List<byte[]> creates = new ArrayList<>(NODES);
        List<byte[]> sets = new ArrayList<>(NODES);
        List<GetData> reads = new ArrayList<>(NODES);
        for (int i = 0; i < NODES; i++) {
            creates.add(create(i));
            sets.add(CommandCodec.encode(new Command.ClientWrite(
                    TreeFixture.SESSION, TreeFixture.SOMEBODY, new SetData(path(i), Bytes.of(DATA), -1))));
            reads.add(new GetData(path(i), false));
        }

        double created = perSecond("creates", () -> creates.forEach(tree::order));
        double set = 0;
        double read = 0;
        for (int round = 0; round < 3; round++) {
            set = Math.max(set, perSecond("sets of data", () -> sets.forEach(tree::order)));
            tree.machine.freeze();
            read = Math.max(read, perSecond("reads", () -> reads.forEach(tree::read)));
        }

        assertThat(created).isGreaterThan(20_000);
        assertThat(set).isGreaterThan(50_000);
        assertThat(read).isGreaterThan(100_000);
    }

    @Test
    void restores_as_fast_as_it_can_read() {
        for (int parent = 0; parent < PARENTS; parent++) {
            tree.create("/parent-" + parent);
        }
        for (int i = 0; i < NODES; i++) {
            tree.order(create(i));
        }
        Records records = new Records();
        Cut cut = tree.machine.freeze();
        cut.writeTo(records);
        SnapshotMeta meta = cut.meta();

        double restored = 0;
        for (int round = 0; round < 3; round++) {
            restored = Math.max(restored, perSecond("restored", () -> records.restore(TreeSettings.DEFAULT, meta)));
        }

        assertThat(restored).isGreaterThan(50_000);
    }

    private static byte[] create(int i) {
        return CommandCodec.encode(new Command.ClientWrite(
                TreeFixture.SESSION,
                TreeFixture.SOMEBODY,
                new Create(OpCode.CREATE, path(i), Bytes.of(DATA), Acl.OPEN_UNSAFE, 0)));
    }

    /** The last segment has 16 bytes. */
    private static String path(int i) {
        return "/parent-" + i % PARENTS + "/child-" + (1_000_000_000 + i);
    }

    private static double perSecond(String what, Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        double rate = NODES * 1e9 / (threads.getCurrentThreadCpuTime() - start);
        System.out.println(what + " per second: " + (long) rate);
        return rate;
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
