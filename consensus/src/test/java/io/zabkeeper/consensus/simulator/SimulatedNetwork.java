package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;
import static io.zabkeeper.consensus.simulator.VirtualTime.US;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The links between members: for every ordered pair a lane that may lose, double, delay, reorder or swallow messages, for
 * every unordered pair a connection with generations.
 *
 * <p>A cut lane swallows in silence, as a dropped route does. A connection that breaks is known to both ends sooner or
 * later, or one of them is never told, and comes back with the next generation once neither lane is cut. What was under
 * way when it broke is lost, or still arrives under its old generation.
 */
final class SimulatedNetwork {
    /** Sees a message before it is under way; answers false to swallow it. For scenarios. */
    interface Firewall {
        boolean passes(NodeId from, NodeId to, Message message);
    }

    /** Bound of what can be under way on one lane; beyond it messages are dropped, as a full queue does. */
    private static final int LANE_CAPACITY = 4_000;

    private static final class Lane {
        boolean cut;
        long lastArrival;
        int underWay;
    }

    private static final class Link {
        final SimulatedNode low;
        final SimulatedNode high;
        long generation;
        boolean up;
        boolean reconnecting;

        Link(SimulatedNode low, SimulatedNode high) {
            this.low = low;
            this.high = high;
        }
    }

    private final VirtualTime time;
    private final Dice dice;
    private final FaultPlan plan;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Lane[][] lanes = new Lane[16][16];
    private final @Nullable Link[][] links = new @Nullable Link[16][16];
    private boolean calm;
    private @Nullable Firewall firewall;

    SimulatedNetwork(VirtualTime time, Dice dice, FaultPlan plan) {
        this.time = time;
        this.dice = dice;
        this.plan = plan;
        for (Lane[] row : lanes) {
            for (int i = 0; i < row.length; i++) {
                row[i] = new Lane();
            }
        }
    }

    void attach(SimulatedNode node) {
        for (SimulatedNode other : nodes) {
            Link link = new Link(other, node);
            links[other.id().value()][node.id().value()] = link;
            links[node.id().value()][other.id().value()] = link;
        }
        nodes.add(node);
    }

    // ---- Traffic ----

    void send(SimulatedNode from, SimulatedNode to, Message message) {
        if (firewall != null && !firewall.passes(from.id(), to.id(), message)) {
            return;
        }
        transmit(from, to, generation -> to.post(new Event.Receive(from.id(), generation, message)));
        if (has(Fault.DUPLICATION) && dice.chance(plan.duplication())) {
            transmit(from, to, generation -> to.post(new Event.Receive(from.id(), generation, message)));
        }
    }

    /** Something that is not a message of the core, such as a forwarded request. */
    void carry(SimulatedNode from, SimulatedNode to, Runnable arrival) {
        transmit(from, to, generation -> arrival.run());
    }

    private void transmit(SimulatedNode from, SimulatedNode to, Consumer<Long> arrival) {
        Link link = link(from, to);
        Lane lane = lane(from, to);
        if (!link.up || lane.cut || lane.underWay >= LANE_CAPACITY || (has(Fault.LOSS) && dice.chance(plan.loss()))) {
            return;
        }
        long generation = link.generation;
        long at = time.now() + delay();
        if (!has(Fault.REORDERING)) {
            at = Math.max(at, lane.lastArrival);
            lane.lastArrival = at;
        }
        lane.underWay++;
        time.at(at, () -> {
            lane.underWay--;
            boolean present = link.up && link.generation == generation;
            if (!lane.cut && (present || (has(Fault.LEFTOVERS) && dice.chance(0.5)))) {
                arrival.accept(generation);
            }
        });
    }

    /** A bulk transfer on its own stream: arrives whole, or fails. */
    void bulk(SimulatedNode from, SimulatedNode to, Runnable arrival, Runnable failure) {
        Link link = link(from, to);
        long generation = link.generation;
        long duration = calm ? dice.between(1, 5) * MS : dice.between(1, 60) * MS;
        time.after(duration, () -> {
            boolean whole = link.up && link.generation == generation && !lane(from, to).cut;
            if (whole && (calm || dice.chance(0.9))) {
                arrival.run();
            } else {
                time.after(dice.between(0, 20) * MS, failure);
            }
        });
    }

    private long delay() {
        if (calm) {
            return dice.between(100 * US, 500 * US);
        }
        long base = dice.between(plan.delayNanos() / 2, plan.delayNanos() * 2);
        if (has(Fault.SLOW_LINKS) && dice.chance(0.1)) {
            return base + dice.between(0, 60 * MS);
        }
        return base;
    }

    // ---- Connections ----

    /** The connection breaks, whoever wanted it, and comes back after a while. */
    void disconnect(SimulatedNode one, SimulatedNode other) {
        Link link = link(one, other);
        if (link.up) {
            link.up = false;
            hint(link.low, link.high, link.generation, false);
            hint(link.high, link.low, link.generation, false);
        }
        reconnect(link);
    }

    /** The node's process ended or began: all its connections break. */
    void disconnectAll(SimulatedNode node) {
        for (SimulatedNode other : nodes) {
            if (other != node) {
                disconnect(node, other);
            }
        }
    }

    private void reconnect(Link link) {
        if (link.reconnecting) {
            return;
        }
        link.reconnecting = true;
        time.after(calm ? MS : dice.between(1, 15) * MS, () -> {
            link.reconnecting = false;
            if (link.up) {
                return;
            }
            boolean possible = link.low.isUp()
                    && link.high.isUp()
                    && !lane(link.low, link.high).cut
                    && !lane(link.high, link.low).cut;
            if (possible) {
                link.generation++;
                link.up = true;
                hint(link.low, link.high, link.generation, true);
                hint(link.high, link.low, link.generation, true);
            } else {
                reconnect(link);
            }
        });
    }

    private void hint(SimulatedNode to, SimulatedNode about, long generation, boolean up) {
        if (!calm && has(Fault.LOST_HINTS) && dice.chance(0.2)) {
            return;
        }
        long delay = !calm && has(Fault.LATE_HINTS) ? dice.between(0, 60 * MS) : dice.between(0, 500 * US);
        time.after(delay, () -> to.post(new Event.LinkChanged(about.id(), generation, up)));
    }

    // ---- Cuts ----

    void cut(SimulatedNode from, SimulatedNode to) {
        lane(from, to).cut = true;
    }

    void restore(SimulatedNode from, SimulatedNode to) {
        lane(from, to).cut = false;
    }

    void restoreAll() {
        for (Lane[] row : lanes) {
            for (Lane lane : row) {
                lane.cut = false;
            }
        }
    }

    /** From now on nothing is lost or late any more; cuts stay until they are lifted. */
    void calm() {
        calm = true;
    }

    void setFirewall(@Nullable Firewall firewall) {
        this.firewall = firewall;
    }

    private boolean has(Fault fault) {
        return !calm && plan.has(fault);
    }

    private Lane lane(SimulatedNode from, SimulatedNode to) {
        return lanes[from.id().value()][to.id().value()];
    }

    private Link link(SimulatedNode one, SimulatedNode other) {
        Link link = links[one.id().value()][other.id().value()];
        if (link == null) {
            throw new IllegalArgumentException("no link between " + one.id() + " and " + other.id());
        }
        return link;
    }
}
