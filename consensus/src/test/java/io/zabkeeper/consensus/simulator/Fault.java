package io.zabkeeper.consensus.simulator;

/** A kind of misfortune that a run may have or not. Shrinking a failing seed means taking these away one by one. */
enum Fault {
    LOSS,
    DUPLICATION,
    REORDERING,
    SLOW_LINKS,
    ONE_WAY_CUTS,
    PARTITIONS,
    LINK_FLAPS,
    LATE_HINTS,
    LOST_HINTS,
    LEFTOVERS,
    CRASHES,
    EFFECT_CRASHES,
    TOTAL_CRASHES,
    LEADER_CRASHES,
    LEADER_ISOLATION,
    PAUSES,
    CLOCKS,
    LATE_TICKS,
    SLOW_DISKS,
    FSYNC_FAILURES,
    LOST_TAILS,
    WIPES,
    DAMAGE,
    STEP_DOWNS,
    SHORT_HISTORY,
    SHORT_EPOCHS,
    LASTING_TOPOLOGY
}
