package io.zabkeeper.consensus.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** One component's randomness. Never shared by two components. */
final class Dice {
    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    static Dice of(long seed) {
        return new Dice(new SplittableRandom(seed));
    }

    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends inclusive. */
    long between(long least, long most) {
        return least == most ? least : random.nextLong(least, most + 1);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long anyLong() {
        return random.nextLong();
    }

    double fraction() {
        return random.nextDouble();
    }

    /** Memoryless, with this mean. {@code StrictMath} because {@code Math.log} may differ between two runs. */
    long exponential(long mean) {
        return Math.max(1, (long) (-StrictMath.log(1 - random.nextDouble()) * mean));
    }

    <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
