package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.ArrayList;
import java.util.List;

/** One core under a test's hand: events in, effects without the traces out. */
final class Rig {
    static final NodeId ONE = new NodeId(1);
    static final NodeId TWO = new NodeId(2);
    static final NodeId THREE = new NodeId(3);
    static final long MS = 1_000_000;
    static final long CLUSTER = 77;

    final ZabCore core;
    final long nonce;
    private long now;

    private Rig(ZabCore core, long nonce) {
        this.core = core;
        this.nonce = nonce;
    }

    static ProposalId id(long sequence) {
        return new ProposalId(ONE, 1, sequence);
    }

    static Entry entry(long zxid, long previous) {
        return new Entry(zxid, previous, 0, id(zxid), Payload.EMPTY);
    }

    /** {@code count} entries of an epoch behind {@code previous}. */
    static List<Entry> entries(long epoch, int count, long previous) {
        List<Entry> entries = new ArrayList<>();
        long before = previous;
        for (int i = 1; i <= count; i++) {
            entries.add(entry(Zxid.of(epoch, i), before));
            before = Zxid.of(epoch, i);
        }
        return entries;
    }

    static Proposal proposal(long sequence) {
        return new Proposal(id(sequence), 0, Payload.EMPTY);
    }

    static HardState voter(long acceptedEpoch, NodeId acceptedLeader, long currentEpoch) {
        return new HardState(acceptedEpoch, acceptedLeader, currentEpoch, CLUSTER, true);
    }

    static DurableImage image(HardState state, List<Entry> entries) {
        return new DurableImage(
                state,
                SnapshotMeta.NONE,
                entries,
                0,
                1,
                state.voter() ? Standing.VOTER : Standing.BLANK,
                new Configuration(0, NodeSet.ofValues(1, 2, 3), NodeSet.EMPTY));
    }

    /** A member of {1, 2, 3} that is told to turn to {@code leader}. */
    static Rig turning(NodeId self, NodeId leader, DurableImage image, ZabMutation... mutations) {
        boolean[] asked = new boolean[1];
        ZabCore core = ZabCores.led(
                self,
                ZabConfig.DEFAULT,
                42,
                (member, role, nowNanos) -> {
                    NodeId choice = asked[0] ? null : leader;
                    asked[0] = true;
                    return choice;
                },
                mutations);
        core.step(new Event.Boot(image));
        long nonce = 0;
        for (Effect effect : core.step(new Event.Tick(0))) {
            if (effect instanceof Effect.Send send && send.message() instanceof ZabMessage.FollowerInfo info) {
                nonce = info.nonce();
            }
        }
        return new Rig(core, nonce);
    }

    /** Follower 1 of leader 3 in epoch 5, up to date, with nothing logged; the log is at sequence 2. */
    static Rig following(ZabMutation... mutations) {
        Rig rig = turning(ONE, THREE, image(voter(4, THREE, 4), List.of()), mutations);
        rig.receive(THREE, new ZabMessage.LeaderInfo(5, rig.nonce, CLUSTER, 4));
        rig.persisted(1);
        rig.receive(THREE, new ZabMessage.SyncStart(5, rig.nonce, ZabMessage.SyncMode.DIFF, 0));
        rig.receive(THREE, new ZabMessage.NewLeader(5, rig.nonce, 0, CLUSTER));
        rig.persisted(2);
        rig.receive(THREE, new ZabMessage.UpToDate(5, rig.nonce, 0));
        return rig;
    }

    /** Leader 3 in epoch 5 with follower 1 synchronized, which uses nonce 11; the log is at sequence 2. */
    static Rig leading(ZabMutation... mutations) {
        Rig rig = turning(THREE, THREE, image(voter(4, THREE, 4), List.of()), mutations);
        rig.receive(ONE, new ZabMessage.FollowerInfo(11, 4, CLUSTER, true));
        rig.persisted(1);
        rig.receive(ONE, new ZabMessage.AckEpoch(5, 11, true, 4, 0));
        rig.persisted(2);
        rig.receive(ONE, new ZabMessage.SyncAck(5, 11, 0));
        rig.receive(ONE, new ZabMessage.NewLeaderAck(5, 11, 0));
        return rig;
    }

    List<Effect> step(Event event) {
        List<Effect> effects = new ArrayList<>(core.step(event));
        effects.removeIf(Effect.Trace.class::isInstance);
        return effects;
    }

    List<Effect> receive(NodeId from, ZabMessage message) {
        return step(new Event.Receive(from, 1, message));
    }

    List<Effect> persisted(long sequence) {
        return step(new Event.Persisted(sequence));
    }

    List<Effect> propose(long... sequences) {
        List<Proposal> proposals = new ArrayList<>();
        for (long sequence : sequences) {
            proposals.add(proposal(sequence));
        }
        return step(new Event.Propose(proposals));
    }

    /** Lets time pass in steps of a heartbeat. */
    List<Effect> pass(long millis) {
        List<Effect> effects = new ArrayList<>();
        for (long rest = millis; rest > 0; rest -= 100) {
            now += Math.min(rest, 100) * MS;
            effects.addAll(step(new Event.Tick(now)));
        }
        return effects;
    }

    /** Lets time pass at once, as in a pause. */
    List<Effect> pause(long millis) {
        now += millis * MS;
        return step(new Event.Tick(now));
    }

    Status status() {
        return core.status();
    }
}
