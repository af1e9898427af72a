package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;

/**
 * What this member has promised: the hard state, and when the disk has it.
 *
 * <p>Each change is one record of the log, so it becomes durable after everything logged before it and before everything
 * logged later (D2, R-6). In memory it counts at once: from then on older epochs are refused.
 */
final class Promise {
    private final Effects effects;
    private final boolean logged;
    private HardState state = HardState.INITIAL;

    /** At which the present state is durable. */
    private long sequence;

    /** @param logged false only to see what happens when promises are kept in memory */
    Promise(Effects effects, boolean logged) {
        this.effects = effects;
        this.logged = logged;
    }

    void load(HardState durable) {
        state = durable;
    }

    HardState state() {
        return state;
    }

    /** At which everything promised so far is durable. */
    long sequence() {
        return sequence;
    }

    /** Promises an epoch to a leader: no older leader is served any more. */
    void promise(long epoch, NodeId leader, boolean voter) {
        Invariant.check(epoch > state.acceptedEpoch(), "an epoch promised twice", epoch, state.acceptedEpoch());
        HardState next = new HardState(epoch, leader, state.currentEpoch(), state.clusterId(), voter);
        effects.trace(new TraceEvent.Promised(epoch, leader));
        if (logged) {
            become(next);
        } else {
            state = next;
        }
    }

    /** Accepts a leader's history as that of {@code epoch}; the history must have been logged before. */
    void establish(long epoch, long clusterId) {
        Invariant.check(epoch >= state.currentEpoch(), "current epoch goes back", epoch, state.currentEpoch());
        Invariant.check(epoch <= state.acceptedEpoch(), "epoch was not promised", epoch, state.acceptedEpoch());
        become(new HardState(state.acceptedEpoch(), state.acceptedLeader(), epoch, clusterId, state.voter()));
    }

    void joinCluster(long clusterId) {
        become(new HardState(
                state.acceptedEpoch(), state.acceptedLeader(), state.currentEpoch(), clusterId, state.voter()));
    }

    /** Gains the right to vote. */
    void becomeVoter() {
        become(new HardState(
                state.acceptedEpoch(), state.acceptedLeader(), state.currentEpoch(), state.clusterId(), true));
    }

    /**
     * The disk has lost something, perhaps the last of these records: no vote. Entries of a later epoch show that
     * at least that epoch was promised, so no leader of an earlier one may be served (ZK-582); and the record that said
     * under which ensemble they were logged may be among the lost.
     */
    void distrust(long lastEpoch) {
        boolean forgetful = lastEpoch > state.acceptedEpoch();
        HardState known = new HardState(
                forgetful ? lastEpoch : state.acceptedEpoch(),
                forgetful ? NodeId.NONE : state.acceptedLeader(),
                state.currentEpoch(),
                lastEpoch > state.currentEpoch() ? 0 : state.clusterId(),
                false);
        if (!known.equals(state)) {
            become(known);
        }
    }

    /** Says it again behind a snapshot that replaces all earlier records. */
    void restate() {
        become(state);
    }

    private void become(HardState next) {
        state = next;
        sequence = effects.log(new WalRecord.State(next));
    }
}
