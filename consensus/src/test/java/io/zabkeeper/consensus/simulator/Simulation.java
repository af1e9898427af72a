package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.Properties;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import io.zabkeeper.consensus.simulator.oracle.LinearizableReads;
import io.zabkeeper.consensus.zab.ZabConfig;
import io.zabkeeper.consensus.zab.ZabCores;
import io.zabkeeper.consensus.zab.ZabMutation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: chaos with every property checked after every step, then calm, then the verdict on liveness (section 8.7).
 */
final class Simulation {
    /** Who names leaders. */
    enum Oracle {
        /** Fast leader election, as shipped. */
        FLE,
        /** Random answers, also to members that have not asked, until the calm (D6). */
        HOSTILE
    }

    /**
     * Which run.
     *
     * @param disabled faults that are left out though the seed has them
     * @param mutations rules of the core that are switched off
     */
    record Options(
            long seed, Oracle oracle, Set<Fault> disabled, Set<ZabMutation> mutations, Trace.Depth depth, int lines) {
        static Options of(long seed, Oracle oracle) {
            return new Options(seed, oracle, Set.of(), Set.of(), Trace.Depth.LAST_LINES, 60);
        }

        Options without(Set<Fault> faults) {
            return new Options(seed, oracle, faults, mutations, depth, lines);
        }

        Options with(ZabMutation mutation) {
            return new Options(seed, oracle, disabled, EnumSet.of(mutation), depth, lines);
        }

        Options with(Trace.Depth wanted) {
            return new Options(seed, oracle, disabled, mutations, wanted, lines);
        }

        Options withLines(int wanted) {
            return new Options(seed, oracle, disabled, mutations, depth, wanted);
        }
    }

    /** What a run amounted to. */
    record Outcome(long steps, long slots, long acknowledged, long reads, int epochs, long hash) {}

    private final Options options;
    private final Trace trace;
    private final FaultPlan plan;
    private final SimulatedCluster cluster;
    private final Saboteur saboteur;
    private final Recovery recovery;
    private final Dice dice;

    private Simulation(Options options) {
        this.options = options;
        this.trace = new Trace(options.depth());
        Dice root = Dice.of(options.seed() * 2 + (options.oracle() == Oracle.HOSTILE ? 1 : 0));
        this.plan = FaultPlan.draw(root.split(), options.disabled());
        ZabConfig config = config(plan, root.split());
        List<NodeId> voters = new ArrayList<>();
        for (int value = 1; value <= plan.members(); value++) {
            voters.add(new NodeId(value));
        }
        HostileOracle oracle = new HostileOracle(root.split(), voters);
        ZabMutation[] mutations = options.mutations().toArray(new ZabMutation[0]);
        this.cluster = new SimulatedCluster(
                plan,
                root.split(),
                trace,
                (self, seed) -> options.oracle() == Oracle.FLE
                        ? ZabCores.breaking(self, config, seed, mutations)
                        : ZabCores.led(self, config, seed, oracle.ofOneMember(), mutations),
                world -> Properties.ofZab(world, new LinearizableReads()));
        this.recovery = new Recovery(cluster, oracle::calm);
        this.saboteur = new Saboteur(cluster, root.split());
        this.dice = root.split();
    }

    /** Times are a tenth or less of the shipped ones: the protocol does not care and the runs are shorter. */
    static ZabConfig config(FaultPlan plan, Dice dice) {
        boolean tight = dice.chance(0.3);
        return new ZabConfig(
                10 * MS,
                100 * MS,
                100 * MS,
                400 * MS,
                250 * MS,
                400 * MS,
                15 * MS,
                5 * MS,
                100 * MS,
                plan.has(Fault.SHORT_HISTORY) ? plan.retainedBytes() : 1 << 20,
                plan.has(Fault.SHORT_HISTORY) ? plan.retainedBytes() * 2 : 1 << 21,
                tight ? dice.between(200, 2_000) : 1 << 16,
                tight ? dice.between(100, 1_000) : 1 << 14,
                tight ? dice.between(300, 3_000) : 1 << 20,
                plan.has(Fault.SHORT_EPOCHS) ? dice.between(3, 40) : 0xffff_f000L);
    }

    /** @throws SimulationFailure when a property does not hold */
    static Outcome run(Options options) {
        Simulation simulation = new Simulation(options);
        try {
            simulation.run();
        } catch (RuntimeException | Error failure) {
            throw simulation.failure(failure);
        }
        return simulation.outcome();
    }

    private Outcome outcome() {
        Workload workload = cluster.workload();
        return new Outcome(
                cluster.steps(),
                cluster.decided().length(),
                workload.acknowledged(),
                workload.readsServed(),
                cluster.establishments(),
                trace.hash());
    }

    private SimulationFailure failure(Throwable cause) {
        String claim = cause instanceof PropertyViolation ? String.valueOf(cause.getMessage()) : cause.toString();
        String replay = "mvn -pl consensus test -Dtest=SimulationTest -Dsim.seed=" + options.seed() + " -Dsim.oracle="
                + options.oracle().name().toLowerCase(Locale.ROOT);
        return new SimulationFailure(
                options.seed(),
                claim,
                claim + "\nreplay with: " + replay + "\nplan: " + plan + "\nlast of the trace:\n"
                        + trace.last(options.lines()),
                cause);
    }

    private void run() {
        for (SimulatedNode node : cluster.nodes()) {
            if (options.oracle() == Oracle.HOSTILE) {
                node.disk().form(1); // Forming takes notifications, and nobody sends any.
            }
            cluster.time().after(dice.between(0, 20 * MS), node::start);
        }
        cluster.workload().start();
        saboteur.start();
        cluster.advanceTo(plan.chaosNanos());
        saboteur.stop();
        cluster.workload().stop();
        recovery.recover();
        if (plan.has(Fault.LASTING_TOPOLOGY) && options.oracle() == Oracle.FLE && plan.members() >= 3) {
            requireProgressIn(dice.pick(List.of(Topology.values())));
            recovery.recover();
        }
    }

    /** Section 8.7, weaker network: a fault that stays for ever while some member reaches a quorum. */
    private void requireProgressIn(Topology topology) {
        trace.note(cluster.time().now(), NodeId.NONE, "lasting topology " + topology);
        List<SimulatedNode> order = Topology.shuffled(cluster.nodes(), dice);
        if (dice.chance(0.3)) {
            order.forEach(SimulatedNode::crash);
            order.forEach(SimulatedNode::start);
        }
        topology.impose(cluster.network(), order, dice.chance(0.5));
        if (dice.chance(0.3)) {
            cluster.network().restore(dice.pick(order), dice.pick(order)); // One can send where it cannot hear.
        }
        int establishmentsBefore = cluster.establishments();
        long before = cluster.workload().acknowledged();
        recovery.await("progress in " + topology, () -> {
            SimulatedNode leader = cluster.servingLeader();
            if (leader == null) {
                return false;
            }
            cluster.workload().write(leader, 1);
            return cluster.workload().acknowledged() >= before + 5;
        });
        recovery.requireFewElections(establishmentsBefore);
    }

    /** Leaves faults out as long as the run still fails, and returns the least that does. */
    static SimulationFailure shrink(SimulationFailure failure, Options options) {
        SimulationFailure least = failure;
        EnumSet<Fault> disabled = EnumSet.noneOf(Fault.class);
        disabled.addAll(options.disabled());
        for (Fault fault : Fault.values()) {
            if (!disabled.add(fault)) {
                continue;
            }
            SimulationFailure still = failureOf(options.without(EnumSet.copyOf(disabled)));
            if (still != null) {
                least = still;
            } else {
                disabled.remove(fault);
            }
        }
        return least;
    }

    static @Nullable SimulationFailure failureOf(Options options) {
        try {
            run(options);
            return null;
        } catch (SimulationFailure failure) {
            return failure;
        }
    }
}
