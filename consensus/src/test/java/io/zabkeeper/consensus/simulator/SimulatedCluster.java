package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.simulator.invariant.DecidedHistory;
import io.zabkeeper.consensus.simulator.invariant.Properties;
import io.zabkeeper.consensus.simulator.invariant.Property;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import io.zabkeeper.consensus.simulator.invariant.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The nodes, what is between them, and what watches them. */
final class SimulatedCluster implements World {
    /** Steps that a run may need in all; more means that something spins. */
    private static final long MOST_STEPS = 400_000;

    private final VirtualTime time = new VirtualTime();
    private final FaultPlan plan;
    private final Trace trace;
    private final CoreFactory cores;
    private final SimulatedNetwork network;
    private final Workload workload;
    private final Configuration configuration;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final DecidedHistory decided = new DecidedHistory();
    private final Property properties;

    private Consumer<SimulatedNode> onPlannedCrash = node -> {};
    private BiConsumer<SimulatedNode, Event> onStep = (node, event) -> {};
    private int establishments;
    private long steps;

    SimulatedCluster(
            FaultPlan plan, Dice dice, Trace trace, CoreFactory cores, Function<World, Properties> properties) {
        this.plan = plan;
        this.trace = trace;
        this.cores = cores;
        this.network = new SimulatedNetwork(time, dice.split(), plan);
        this.workload = new Workload(this, dice.split());
        NodeSet voters = NodeSet.EMPTY;
        for (int value = 1; value <= plan.members(); value++) {
            voters = voters.with(new NodeId(value));
        }
        this.configuration = new Configuration(0, voters, NodeSet.EMPTY);
        this.properties = properties.apply(this);
        for (NodeId id : voters) {
            SimulatedNode node = new SimulatedNode(id, this, dice.split());
            network.attach(node);
            nodes.add(node);
        }
    }

    void stepped(SimulatedNode node, Event event, List<Effect> effects) {
        steps++;
        trace.step(time.now(), node.id(), event, effects);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Trace traced) {
                // What the core states became true with the step; a crash between its effects cannot unsay it.
                if (traced.event() instanceof TraceEvent.Established) {
                    establishments++;
                }
                properties.traced(node, traced.event());
            }
        }
        properties.stepped(node, event, effects);
        onStep.accept(node, event);
    }

    void onStep(BiConsumer<SimulatedNode, Event> action) {
        onStep = action;
    }

    void roleChanged(SimulatedNode node, Effect.RoleChanged change) {
        if (!change.serving()) {
            workload.servesNoMore(node);
        }
    }

    void crashedByPlan(SimulatedNode node) {
        onPlannedCrash.accept(node);
    }

    /** What to do with a node that crashed between two effects, or halted. */
    void onPlannedCrash(Consumer<SimulatedNode> action) {
        onPlannedCrash = action;
    }

    void advanceTo(long end) {
        while (time.advance(end)) {
            if (steps > MOST_STEPS) {
                throw new PropertyViolation("Liveness", "something spins: " + steps + " steps");
            }
        }
    }

    /** The node that leads and serves, if there is one; the one of the highest epoch if there are several. */
    @Nullable
    SimulatedNode servingLeader() {
        SimulatedNode best = null;
        for (SimulatedNode node : nodes) {
            if (node.isUp()
                    && node.status().role() == Role.LEADING
                    && node.status().serving()
                    && (best == null || node.status().round() > best.status().round())) {
                best = node;
            }
        }
        return best;
    }

    SimulatedNode node(NodeId id) {
        return nodes.get(id.value() - 1);
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    VirtualTime time() {
        return time;
    }

    FaultPlan plan() {
        return plan;
    }

    Trace trace() {
        return trace;
    }

    CoreFactory cores() {
        return cores;
    }

    SimulatedNetwork network() {
        return network;
    }

    Workload workload() {
        return workload;
    }

    Property properties() {
        return properties;
    }

    /** Epochs established so far, by anybody. */
    int establishments() {
        return establishments;
    }

    long steps() {
        return steps;
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public List<SimulatedNode> replicas() {
        return nodes;
    }

    @Override
    public SimulatedNode replica(NodeId id) {
        return node(id);
    }

    @Override
    public DecidedHistory decided() {
        return decided;
    }
}
