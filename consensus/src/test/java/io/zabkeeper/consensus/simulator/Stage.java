package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;

import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.simulator.invariant.Properties;
import io.zabkeeper.consensus.simulator.oracle.LinearizableReads;
import io.zabkeeper.consensus.zab.ZabConfig;
import io.zabkeeper.consensus.zab.ZabCores;
import io.zabkeeper.consensus.zab.ZabMutation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated ensemble without any fault of its own, for scenarios: whatever goes wrong is in the script. Every property
 * is judged all the same.
 */
public final class Stage {
    /** What an ensemble is like. {@code elects} with its own election; otherwise the script says who leads. */
    public record Setting(int members, boolean elects, long retainedBytes, long counterLimit, int checkpointEvery) {}

    private record Rule(String type, int from, int to, boolean holds) {
        boolean concerns(NodeId sender, NodeId recipient, Message message) {
            return message.getClass().getSimpleName().equals(type)
                    && (from == 0 || from == sender.value())
                    && (to == 0 || to == recipient.value());
        }
    }

    private record Held(SimulatedNode from, SimulatedNode to, Message message) {}

    private final SimulatedCluster cluster;
    private final Transcript transcript = new Transcript();
    private final Recovery recovery;

    private final TreeMap<NodeId, NodeId> orders = new TreeMap<>();
    private final TreeMap<NodeId, Boolean> obeyed = new TreeMap<>();
    private @Nullable Supplier<NodeId> truth;

    private final List<Rule> rules = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private boolean releasing;

    private @Nullable NodeId awaitedAt;
    private String awaitedType = "";
    private boolean arrived;

    public Stage(Setting setting, Set<ZabMutation> mutations) {
        FaultPlan plan = new FaultPlan(
                setting.members,
                EnumSet.noneOf(Fault.class),
                0,
                0,
                0,
                MS / 2,
                MS,
                0,
                0,
                setting.checkpointEvery,
                setting.retainedBytes,
                false);
        Dice dice = Dice.of(1);
        ZabConfig config = new ZabConfig(
                10 * MS,
                100 * MS,
                100 * MS,
                400 * MS,
                250 * MS,
                400 * MS,
                15 * MS,
                5 * MS,
                100 * MS,
                setting.retainedBytes,
                2 * setting.retainedBytes,
                1 << 16,
                1 << 14,
                1 << 20,
                setting.counterLimit);
        ZabMutation[] broken = mutations.toArray(new ZabMutation[0]);
        cluster = new SimulatedCluster(
                plan,
                dice,
                new Trace(Trace.Depth.LAST_LINES),
                (self, seed) -> setting.elects
                        ? ZabCores.breaking(self, config, seed, broken)
                        : ZabCores.led(self, config, seed, this::choose, broken),
                world -> Properties.ofZab(world, new LinearizableReads(), transcript));
        recovery = new Recovery(cluster, best -> truth = best);
        cluster.network().calm();
        cluster.network().setFirewall(this::passes);
        cluster.onPlannedCrash(node -> {});
        cluster.onStep(this::stepped);
        for (SimulatedNode node : cluster.nodes()) {
            if (!setting.elects) {
                node.disk().form(1);
            }
            node.start();
        }
        transcript.take();
    }

    // ---- Who leads ----

    /** These members turn to that leader now, whatever they were doing, and again whenever they look. */
    public void elect(int leader, List<Integer> members) {
        for (int member : members) {
            orders.put(new NodeId(member), new NodeId(leader));
            obeyed.put(new NodeId(member), false);
        }
    }

    /** These members find no leader from now on. */
    public void forsake(List<Integer> members) {
        for (int member : members) {
            orders.remove(new NodeId(member));
        }
    }

    private @Nullable NodeId choose(NodeId self, Role role, long nowNanos) {
        Supplier<NodeId> best = truth;
        if (best != null) {
            NodeId leader = best.get();
            return role == Role.LOOKING && !leader.isNone() ? leader : null;
        }
        NodeId order = orders.get(self);
        if (order == null || (role != Role.LOOKING && Boolean.TRUE.equals(obeyed.get(self)))) {
            return null;
        }
        obeyed.put(self, true);
        return order;
    }

    // ---- Time ----

    public void run(long millis) {
        cluster.advanceTo(cluster.time().now() + millis * MS);
    }

    /** Runs until that member has dealt with a message of that type, two seconds at most. */
    public void runUntilReceived(int member, String type) {
        awaitedAt = new NodeId(member);
        awaitedType = type;
        arrived = false;
        long limit = cluster.time().now() + 2_000 * MS;
        while (!arrived && cluster.time().advance(limit)) {
            // One thing at a time.
        }
        awaitedAt = null;
        if (!arrived) {
            transcript.add(member + " never received " + type);
        }
    }

    private void stepped(SimulatedNode node, Event event) {
        if (node.id().equals(awaitedAt)
                && event instanceof Event.Receive receive
                && receive.message().getClass().getSimpleName().equals(awaitedType)) {
            arrived = true;
        }
    }

    // ---- Clients ----

    public void write(int member, int count) {
        cluster.workload().write(node(member), count);
    }

    public void read(int member) {
        cluster.workload().read(node(member));
    }

    /** Asks a member's core without asking first whom it believes in. */
    public void propose(int member) {
        cluster.workload().writeAt(node(member));
    }

    // ---- Processes ----

    /** With as many of the unsynced records on its disk as the script wants. */
    public void crash(int member, int survivors) {
        node(member).crash(survivors);
    }

    /** A crash between two effects: before the n-th from now on. */
    public void crashBeforeEffect(int member, int effects) {
        Life life = node(member).life();
        if (life != null) {
            life.planCrash(effects);
        }
    }

    public void start(int member) {
        node(member).start();
    }

    public void pause(int member) {
        node(member).pause();
    }

    public void resume(int member) {
        node(member).resume();
    }

    public void stepDown(int member) {
        node(member).post(new Event.StepDown("the operator wants it"));
    }

    // ---- Disks ----

    public void holdDisk(int member) {
        node(member).disk().hold();
    }

    public void releaseDisk(int member) {
        node(member).disk().letGo();
    }

    public void failDisk(int member) {
        node(member).failDisk();
    }

    public void wipe(int member) {
        node(member).wipe();
    }

    public void damage(int member) {
        node(member).damage();
    }

    // ---- Network ----

    public void cut(int from, int to) {
        cluster.network().cut(node(from), node(to));
    }

    public void heal() {
        cluster.network().restoreAll();
    }

    public void disconnect(int one, int other) {
        cluster.network().disconnect(node(one), node(other));
    }

    /** Messages of that type are swallowed; 0 stands for any member. */
    public void drop(String type, int from, int to) {
        rules.add(new Rule(type, from, to, false));
    }

    /** Messages of that type are kept until {@link #release}. */
    public void hold(String type, int from, int to) {
        rules.add(new Rule(type, from, to, true));
    }

    /** Forgets all rules and lets go what was held, in its order. */
    public void release() {
        rules.clear();
        releasing = true;
        for (Held each : held) {
            cluster.network().send(each.from, each.to, each.message);
        }
        held.clear();
        releasing = false;
    }

    private boolean passes(NodeId from, NodeId to, Message message) {
        if (releasing) {
            return true;
        }
        for (Rule rule : rules) {
            if (rule.concerns(from, to, message)) {
                if (rule.holds) {
                    held.add(new Held(cluster.node(from), cluster.node(to), message));
                }
                return false;
            }
        }
        return true;
    }

    // ---- What there is to see ----

    /** Ends all faults and requires what section 8.7 does. */
    public void recover() {
        rules.clear();
        held.clear();
        for (SimulatedNode node : cluster.nodes()) {
            node.disk().letGo();
        }
        List<String> before = transcript.take();
        recovery.recover();
        transcript.take();
        before.forEach(transcript::add);
        transcript.add("recovered, " + cluster.decided().length() + " slots");
    }

    public void show() {
        for (SimulatedNode node : cluster.nodes()) {
            transcript.add(
                    node.id() + ": " + (node.isUp() ? describe(node.status()) : "down") + ", disk " + describe(node));
        }
    }

    private static String describe(Status status) {
        return status.role() + " " + status.phase() + (status.serving() ? ", serving" : "")
                + (status.voting() ? "" : ", may not vote")
                + ", committed " + Zxid.toString(status.committed());
    }

    private static String describe(SimulatedNode node) {
        HardState state = node.durableState();
        return "promised " + state.acceptedEpoch() + ", current " + state.currentEpoch() + ", history to "
                + Zxid.toString(node.lastDurable());
    }

    /** The lines since the last call. */
    public List<String> take() {
        return transcript.take();
    }

    private SimulatedNode node(int member) {
        return cluster.node(new NodeId(member));
    }
}
