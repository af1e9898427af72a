package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does, now and then, one of the things that the plan allows. */
final class Saboteur {
    private final SimulatedCluster cluster;
    private final Dice dice;
    private final List<Fault> deeds = new ArrayList<>();
    private boolean stopped;

    Saboteur(SimulatedCluster cluster, Dice dice) {
        this.cluster = cluster;
        this.dice = dice;
        for (Fault fault : Fault.values()) {
            if (cluster.plan().has(fault)) {
                deeds.add(fault);
            }
        }
        cluster.onPlannedCrash(node -> restartLater(node, 200));
    }

    void start() {
        cluster.time().after(dice.exponential(cluster.plan().faultEveryNanos()), () -> {
            if (stopped) {
                return;
            }
            if (!deeds.isEmpty()) {
                act(dice.pick(deeds), dice.pick(cluster.nodes()));
            }
            start();
        });
    }

    void stop() {
        stopped = true;
    }

    private void act(Fault deed, SimulatedNode node) {
        switch (deed) {
            case CRASHES -> crash(node, 200);
            case EFFECT_CRASHES -> crashBetweenEffects(node);
            case TOTAL_CRASHES -> crashAll();
            case LEADER_CRASHES -> crashLeader();
            case LEADER_ISOLATION -> isolateLeader();
            case ONE_WAY_CUTS -> cutOneWay(node);
            case PARTITIONS -> partition();
            case LINK_FLAPS -> flap(node);
            case PAUSES -> pause(node);
            case SLOW_DISKS -> slowDisk(node);
            case FSYNC_FAILURES -> node.failDisk();
            case WIPES -> loseDisk(node, true);
            case DAMAGE -> loseDisk(node, false);
            case STEP_DOWNS -> stepDown();
            case LOSS,
                    DUPLICATION,
                    REORDERING,
                    SLOW_LINKS,
                    LATE_HINTS,
                    LOST_HINTS,
                    LEFTOVERS,
                    CLOCKS,
                    LATE_TICKS,
                    LOST_TAILS,
                    SHORT_HISTORY,
                    SHORT_EPOCHS,
                    LASTING_TOPOLOGY -> {
                // These are how the run is, not something that is done.
            }
        }
    }

    private void crash(SimulatedNode node, int downMs) {
        node.crash();
        restartLater(node, downMs);
    }

    private void restartLater(SimulatedNode node, int downMs) {
        cluster.time().after(dice.between(1, downMs) * MS, () -> {
            if (!stopped) {
                node.start();
            }
        });
    }

    private void crashBetweenEffects(SimulatedNode node) {
        Life life = node.life();
        if (life != null) {
            life.planCrash(dice.between(1, 20));
        }
    }

    private void crashAll() {
        for (SimulatedNode node : cluster.nodes()) {
            if (dice.chance(0.9)) {
                crash(node, 60);
            }
        }
    }

    /** Whoever leads, also before it serves. */
    private @Nullable SimulatedNode anyLeader() {
        List<SimulatedNode> leaders = new ArrayList<>();
        for (SimulatedNode node : cluster.nodes()) {
            if (node.isUp() && node.status().role() == Role.LEADING) {
                leaders.add(node);
            }
        }
        return leaders.isEmpty() ? null : dice.pick(leaders);
    }

    private void crashLeader() {
        SimulatedNode leader = anyLeader();
        if (leader == null) {
            return;
        }
        if (dice.chance(0.5)) {
            crash(leader, 100);
        } else {
            crashBetweenEffects(leader);
        }
    }

    private void isolateLeader() {
        SimulatedNode leader = anyLeader();
        if (leader == null) {
            return;
        }
        boolean inbound = dice.chance(0.8);
        boolean outbound = !inbound || dice.chance(0.7);
        for (SimulatedNode other : cluster.nodes()) {
            if (other != leader) {
                if (inbound) {
                    cutForAWhile(other, leader);
                }
                if (outbound) {
                    cutForAWhile(leader, other);
                }
            }
        }
    }

    private void cutOneWay(SimulatedNode node) {
        boolean all = dice.chance(0.3);
        boolean inbound = dice.chance(0.5);
        for (SimulatedNode other : cluster.nodes()) {
            if (other != node && (all || dice.chance(0.5))) {
                cutForAWhile(inbound ? other : node, inbound ? node : other);
            }
        }
    }

    private void cutForAWhile(SimulatedNode from, SimulatedNode to) {
        cluster.network().cut(from, to);
        if (dice.chance(0.3)) {
            cluster.network().disconnect(from, to);
        }
        cluster.time().after(dice.exponential(150 * MS), () -> {
            if (!stopped) {
                cluster.network().restore(from, to);
            }
        });
    }

    private void partition() {
        List<SimulatedNode> order = Topology.shuffled(cluster.nodes(), dice);
        boolean breakConnections = dice.chance(0.5);
        if (dice.chance(0.5)) {
            int first = dice.between(1, Math.max(1, order.size() - 1));
            for (int i = 0; i < first; i++) {
                for (int j = first; j < order.size(); j++) {
                    cut(order.get(i), order.get(j), breakConnections);
                }
            }
        } else {
            dice.pick(List.of(Topology.values())).impose(cluster.network(), order, breakConnections);
        }
        cluster.time().after(dice.exponential(250 * MS), () -> {
            if (!stopped) {
                cluster.network().restoreAll();
            }
        });
    }

    private void cut(SimulatedNode one, SimulatedNode other, boolean breakConnection) {
        cluster.network().cut(one, other);
        cluster.network().cut(other, one);
        if (breakConnection) {
            cluster.network().disconnect(one, other);
        }
    }

    private void flap(SimulatedNode node) {
        SimulatedNode other = dice.pick(cluster.nodes());
        if (other != node) {
            cluster.network().disconnect(node, other);
        }
    }

    private void pause(SimulatedNode node) {
        if (!node.isUp() || node.isPaused()) {
            return;
        }
        node.pause();
        long incarnation = node.incarnation();
        cluster.time().after(dice.exponential(100 * MS), () -> {
            if (node.incarnation() == incarnation) {
                node.resume();
            }
        });
    }

    private void slowDisk(SimulatedNode node) {
        node.disk().slowDown(dice.between(5, 150) * MS);
        cluster.time().after(dice.exponential(200 * MS), () -> node.disk().slowDown(0));
    }

    /**
     * Never more than a minority at once: with more, what was acknowledged can be gone for good. A member that was not
     * there when the ensemble was formed and has not been admitted since is in the same need of the others.
     */
    private void loseDisk(SimulatedNode node, boolean whole) {
        boolean formed =
                !cluster.those(replica -> replica.durableState().voter()).isEmpty();
        int without = cluster.those(replica -> !replica.isTrusted()
                        || (formed && !replica.durableState().voter()))
                .with(node.id())
                .size();
        if (without * 2 >= cluster.nodes().size()) {
            return;
        }
        if (whole) {
            node.wipe();
        } else {
            node.damage();
        }
        restartLater(node, 50);
    }

    private void stepDown() {
        SimulatedNode leader = anyLeader();
        if (leader != null) {
            leader.post(new Event.StepDown("the operator wants it"));
        }
    }
}
