package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.zab.ZabMessage.SyncMode;

/**
 * How a learner whose log ends at some position becomes a prefix of the leader.
 *
 * <p>Section 2.4. Let t be the largest position of the leader's history that is at most the learner's last one. An entry
 * of an epoch is in no log unless that epoch was established, and then its initial history is in the log of every later
 * leader; so t is in the learner's log, and both agree up to it. Is it the learner's end, the learner lacks nothing but
 * what follows (DIFF); if not, what the learner has behind t was never committed and goes (TRUNC). If the leader no longer
 * knows its history that far back, the learner gets the state (SNAP).
 *
 * <p>SNAP is chosen only for a learner that ends before the retained history begins, hence before what is delivered, or
 * that cannot obey otherwise and whose t is delivered. Either way the state contains everything that the learner may have
 * helped to commit: replacing its log takes nothing away, even if the leader fails right afterwards.
 *
 * @param position the end of the common history, or that of the state
 */
record SyncPlan(SyncMode mode, long position) {
    /**
     * @param last the learner's last logged position
     * @param delivered the position of the leader's state
     * @param refused whether the learner could not obey a plan that kept its log
     */
    static SyncPlan of(History history, long last, long delivered, boolean refused) {
        if (last < history.base()) {
            return new SyncPlan(SyncMode.SNAP, delivered);
        }
        long common = history.floor(last);
        if (refused && common <= delivered) {
            return new SyncPlan(SyncMode.SNAP, delivered);
        }
        return new SyncPlan(common == last ? SyncMode.DIFF : SyncMode.TRUNC, common);
    }
}
