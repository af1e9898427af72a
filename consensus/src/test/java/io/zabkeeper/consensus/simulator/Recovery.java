package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Liveness (section 8.7): once the faults have ended and delays are bounded, there is within a bound exactly one leader,
 * which all follow, writes through every member are done, all members are equal and owe nothing, and it did not take many
 * elections.
 */
final class Recovery {
    /** After the last fault everything must be well within this time. Silence limits are 100 ms. */
    private static final long LIMIT_NANOS = 6_000 * MS;

    private final SimulatedCluster cluster;
    private final Consumer<Supplier<NodeId>> calmOracle;

    /** @param calmOracle tells the oracle, if there is one, whom to name from now on */
    Recovery(SimulatedCluster cluster, Consumer<Supplier<NodeId>> calmOracle) {
        this.cluster = cluster;
        this.calmOracle = calmOracle;
    }

    /** Ends every fault and waits until the members are as they should be. */
    void recover() {
        cluster.trace().note(cluster.time().now(), NodeId.NONE, "calm");
        calmDown();
        int establishmentsBefore = cluster.establishments();
        await("one leader that all follow", this::isSettled);
        List<Long> before = new ArrayList<>();
        for (SimulatedNode node : cluster.nodes()) {
            before.add(cluster.workload().acknowledgedBy(node));
        }
        await("a write through every member", () -> {
            boolean all = true;
            for (int i = 0; i < before.size(); i++) {
                SimulatedNode node = cluster.nodes().get(i);
                if (cluster.workload().acknowledgedBy(node) == before.get(i)) {
                    cluster.workload().write(node, 1);
                    all = false;
                }
            }
            return all;
        });
        await("equal members that owe nothing", () -> isSettled() && areEqual());
        requireFewElections(establishmentsBefore);
    }

    private void calmDown() {
        cluster.network().calm();
        cluster.network().restoreAll();
        cluster.onPlannedCrash(SimulatedNode::start);
        for (SimulatedNode node : cluster.nodes()) {
            node.disk().slowDown(0);
            node.resume();
            node.start();
        }
        calmOracle.accept(this::best);
    }

    /** Whom a benevolent oracle names: who serves already, or the member with the most history that may vote. */
    private NodeId best() {
        SimulatedNode best = cluster.servingLeader();
        if (best != null) {
            return best.id();
        }
        for (SimulatedNode node : cluster.nodes()) {
            if (node.isUp() && node.status().voting() && (best == null || isAhead(node, best))) {
                best = node;
            }
        }
        return best == null ? NodeId.NONE : best.id();
    }

    private static boolean isAhead(SimulatedNode node, SimulatedNode other) {
        long mine = node.writtenState().currentEpoch();
        long theirs = other.writtenState().currentEpoch();
        return mine != theirs ? mine > theirs : node.lastWritten() > other.lastWritten();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = cluster.time().now() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (cluster.time().now() >= deadline) {
                throw new PropertyViolation("Liveness", "no " + what + " after the faults have ended: " + statuses());
            }
            cluster.advanceTo(cluster.time().now() + 20 * MS);
        }
    }

    private boolean isSettled() {
        SimulatedNode leader = cluster.servingLeader();
        if (leader == null) {
            return false;
        }
        for (SimulatedNode node : cluster.nodes()) {
            if (!node.isUp()) {
                return false;
            }
            Status status = node.status();
            boolean settled = status.serving()
                    && status.voting()
                    && status.leader().equals(leader.id())
                    && status.round() == leader.status().round()
                    && status.role() == (node == leader ? Role.LEADING : Role.FOLLOWING);
            if (!settled || !node.isTrusted()) {
                return false;
            }
        }
        return true;
    }

    private boolean areEqual() {
        for (SimulatedNode node : cluster.nodes()) {
            Life life = node.life();
            if (life == null
                    || life.slot() != cluster.decided().length()
                    || life.digest() != cluster.decided().digestAt(life.slot())
                    || node.status().lastLogged() != node.status().committed()
                    || cluster.workload().owedBy(node) > 0
                    || (life.heldMessages() > 0 && node.disk().unsyncedRecords() == 0)) {
                return false;
            }
        }
        return true;
    }

    /** No livelock: once the network is well a few elections must do. */
    void requireFewElections(int before) {
        int elections = cluster.establishments() - before;
        int most = cluster.plan().has(Fault.SHORT_EPOCHS) ? 40 : 6;
        if (elections > most) {
            throw new PropertyViolation("Liveness", elections + " leaders were established after the faults had ended");
        }
    }

    private String statuses() {
        StringBuilder text = new StringBuilder();
        for (SimulatedNode node : cluster.nodes()) {
            text.append("\n  ").append(node.id()).append(' ');
            Life life = node.life();
            text.append(life == null ? "down" : life.status() + " slot " + life.slot())
                    .append(node.isTrusted() ? "" : " (untrusted)")
                    .append(" owes ")
                    .append(cluster.workload().owedBy(node));
        }
        return text.toString();
    }
}
