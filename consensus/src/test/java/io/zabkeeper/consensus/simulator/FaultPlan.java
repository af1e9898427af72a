package io.zabkeeper.consensus.simulator;

import static io.zabkeeper.consensus.simulator.VirtualTime.MS;
import static io.zabkeeper.consensus.simulator.VirtualTime.US;

import java.util.EnumSet;
import java.util.Set;

/**
 * What one run is like: how many members, which faults, how hard. Drawn from the seed, each fault for itself, so that
 * runs differ in kind and not only in order: a run in which everything fails at once never gets far enough to be wrong.
 *
 * @param members voters
 * @param faults that this run has
 * @param chaosNanos for which they happen
 * @param loss probability for a message
 * @param duplication likewise
 * @param delayNanos typical for a message
 * @param fsyncNanos typical
 * @param faultEveryNanos mean time between two deeds of the saboteur
 * @param requestEveryNanos mean time between two requests
 * @param checkpointEvery slots
 * @param retainedBytes of history for DIFF
 * @param slowMachines state machines leave some of what is delivered for later
 */
record FaultPlan(
        int members,
        Set<Fault> faults,
        long chaosNanos,
        double loss,
        double duplication,
        long delayNanos,
        long fsyncNanos,
        long faultEveryNanos,
        long requestEveryNanos,
        int checkpointEvery,
        long retainedBytes,
        boolean slowMachines) {
    static FaultPlan draw(Dice dice, Set<Fault> disabled) {
        EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        double density = 0.15 + 0.5 * dice.fraction();
        for (Fault fault : Fault.values()) {
            if (dice.chance(rarity(fault) * density)) {
                faults.add(fault);
            }
        }
        faults.removeAll(disabled);
        int sizes = dice.between(0, 19);
        return new FaultPlan(
                sizes == 0 ? 1 : sizes == 1 ? 2 : sizes < 13 ? 3 : sizes == 13 ? 4 : 5,
                faults,
                dice.between(300 * MS, 1_500 * MS),
                dice.chance(0.3) ? 0.3 * dice.fraction() : 0.03 * dice.fraction(),
                0.2 * dice.fraction(),
                dice.between(100 * US, 2 * MS),
                dice.between(50 * US, 5 * MS),
                dice.between(20 * MS, 150 * MS),
                dice.between(2 * MS, 15 * MS),
                dice.between(3, 40),
                dice.between(200, 2_000),
                dice.chance(0.3));
    }

    private static double rarity(Fault fault) {
        return switch (fault) {
            case TOTAL_CRASHES, FSYNC_FAILURES, STEP_DOWNS, SHORT_EPOCHS, LASTING_TOPOLOGY, PAUSES -> 0.5;
            case LOST_TAILS, LATE_TICKS, CLOCKS -> 1.5;
            default -> 1;
        };
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
