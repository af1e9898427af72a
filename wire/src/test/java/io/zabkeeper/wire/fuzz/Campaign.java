package io.zabkeeper.wire.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a target from a generator until the time is over, the number is reached or something is found. A finding is an
 * exception, an allocation beyond the target's allowance, or a hang.
 *
 * <p>Each episode draws its inputs from a generator of its own, made of the campaign's seed and the episode's number: one
 * can be replayed without those before it.
 */
public final class Campaign {
    /** With two cores and seven others at work a collection of garbage can take long; no input may. */
    private static final Duration HANG = Duration.ofSeconds(30);

    private static final int LOOK_MS = 50;
    /** Inputs between two looks at the clock, at least. */
    private static final int INPUTS_BETWEEN_LOOKS = 32;

    private static final int TRIALS = 4_000;

    /** Loading classes is left out of the report. */
    private static final int WARM_UP = 10_000;

    /** Whoever meets a class for the first time pays for its loading; what is the input's fault happens each time. */
    private static final int TIMES = 3;

    private final Target target;
    private final Generator generator;
    private final long seed;
    private final Duration hang;

    private final AtomicLong inputs = new AtomicLong();
    /** Inputs that the target was given, those of shortening as well. */
    private final AtomicLong given = new AtomicLong();

    private long shorteningEndsNanos;
    private long episodes;

    /** Episodes of which not all inputs were tried. */
    private long brokenOff;

    private long bytes;
    private double worstShare;
    private volatile List<byte[]> underWay = List.of();
    private volatile @Nullable Throwable found;

    /**
     * What a campaign did.
     *
     * @param brokenOff episodes in which each try ended at an input that cost too much and did not when it was tried again:
     *     what came behind it was not tried
     */
    public record Report(
            String target,
            long seed,
            long episodes,
            long brokenOff,
            long inputs,
            long bytes,
            long nanos,
            double worstShare) {
        @Override
        public String toString() {
            double seconds = nanos / 1e9;
            return String.format(
                    Locale.ROOT,
                    "fuzz %-32s %,12d inputs in %6.1f s, %,9.0f/s, %,.1f MB, seed %d, at most %.0f %% of the allowed"
                            + " allocation%s",
                    target,
                    inputs,
                    seconds,
                    inputs / seconds,
                    bytes / 1e6,
                    seed,
                    100 * worstShare,
                    brokenOff == 0 ? "" : ", " + brokenOff + " of " + episodes + " episodes not to their end");
        }
    }

    private static final class TooMuchAllocated extends Exception {
        private static final long serialVersionUID = 1;

        TooMuchAllocated(long allocated, byte[] input, long allowed) {
            super(allocated + " bytes allocated for an input of " + input.length + ", allowed are " + allowed);
        }
    }

    public Campaign(Target target, Generator generator, long seed) {
        this(target, generator, seed, HANG);
    }

    Campaign(Target target, Generator generator, long seed, Duration hang) {
        this.target = target;
        this.generator = generator;
        this.seed = seed;
        this.hang = hang;
    }

    /**
     * Runs on a thread of its own, which a hang leaves behind.
     *
     * @throws Finding the first one
     */
    public Report run(Duration time, long maxInputs) throws InterruptedException {
        long began = System.nanoTime();
        long end = began + time.toNanos();
        Thread worker = new Thread(() -> work(end, maxInputs), "fuzz-" + target.name());
        worker.setDaemon(true);
        worker.start();
        watch(worker);
        Throwable failure = found;
        if (failure instanceof Finding finding) {
            throw finding;
        }
        if (failure != null) {
            throw new AssertionError(target.name() + " cannot go on", failure);
        }
        return new Report(
                target.name(), seed, episodes, brokenOff, inputs.get(), bytes, System.nanoTime() - began, worstShare);
    }

    /** One episode again. */
    public void replay(long episode) throws InterruptedException {
        Thread worker = new Thread(() -> attempt(() -> episode(episode)), "fuzz-" + target.name());
        worker.setDaemon(true);
        worker.start();
        watch(worker);
        if (found != null) {
            throw new AssertionError(found);
        }
    }

    private void watch(Thread worker) throws InterruptedException {
        long seen = -1;
        long since = System.nanoTime();
        while (worker.isAlive()) {
            worker.join(LOOK_MS);
            long now = System.nanoTime();
            if (given.get() != seen) {
                seen = given.get();
                since = now;
            } else if (now - since > hang.toNanos() && worker.isAlive()) {
                IllegalStateException stack = new IllegalStateException("no end after " + hang);
                stack.setStackTrace(worker.getStackTrace());
                throw new Finding(target.name(), seed, episodes, underWay, stack);
            }
        }
    }

    private void work(long end, long maxInputs) {
        attempt(() -> {
            int between = Math.max(1, INPUTS_BETWEEN_LOOKS / target.episode());
            while (inputs.get() < maxInputs && (episodes % between != 0 || System.nanoTime() < end)) {
                episode(episodes);
                episodes++;
            }
        });
    }

    private interface Step {
        void run() throws Throwable;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (Throwable failure) {
            found = failure;
        }
    }

    private void episode(long number) throws Throwable {
        for (int i = 0; i < TIMES; i++) {
            if (passes(number)) {
                return;
            }
        }
        brokenOff++;
    }

    /** False when an input once cost too much, and then did not: those behind it have not been tried. */
    private boolean passes(long number) throws Throwable {
        SplittableRandom random = new SplittableRandom(mixed(mixed(seed) + number));
        int length = target.episode();
        List<byte[]> fed = new ArrayList<>(length);
        long bytesBefore = bytes;
        underWay = fed;
        try {
            target.begin();
            for (int i = 0; i < length; i++) {
                byte[] input = generator.next(random);
                fed.add(input);
                inputs.incrementAndGet();
                bytes += input.length;
                long allocated = feed(input);
                double share = (double) allocated / target.allowance(input);
                if (share > 1) {
                    throw new TooMuchAllocated(allocated, input, target.allowance(input));
                }
                if (inputs.get() > WARM_UP) {
                    worstShare = Math.max(worstShare, share);
                }
            }
            target.end();
            return true;
        } catch (Throwable failure) {
            Throwable again = eachTime(fed);
            if (again == null && failure instanceof TooMuchAllocated) {
                inputs.addAndGet(-fed.size()); // They come again, and count once.
                bytes = bytesBefore;
                return false;
            }
            Throwable cause = again == null ? failure : again;
            throw new Finding(target.name(), seed, number, again == null ? fed : shortened(fed, cause), cause);
        }
    }

    /** What these inputs do again and again; null when they once do nothing. */
    private @Nullable Throwable eachTime(List<byte[]> tried) {
        Throwable again = outcome(tried);
        for (int i = 1; i < TIMES && again instanceof TooMuchAllocated; i++) {
            again = outcome(tried);
        }
        return again;
    }

    private long feed(byte[] input) throws Exception {
        given.incrementAndGet();
        long before = Allocation.ofThisThread();
        target.accept(input);
        return Allocation.ofThisThread() - before;
    }

    /** What these inputs do to a target that has forgotten everything; null when they do nothing. */
    private @Nullable Throwable outcome(List<byte[]> tried) {
        try {
            target.begin();
            for (byte[] input : tried) {
                long allocated = feed(input);
                if (allocated > target.allowance(input)) {
                    return new TooMuchAllocated(allocated, input, target.allowance(input));
                }
            }
            target.end();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    // ---- the shortest inputs that do the same -----------------------------------------------------------------------

    private List<byte[]> shortened(List<byte[]> failing, Throwable like) {
        shorteningEndsNanos = System.nanoTime() + hang.toNanos();
        List<byte[]> best = new ArrayList<>(failing);
        int trials = TRIALS;
        for (int chunk = best.size() / 2; chunk > 0; chunk = chunk / 2) {
            for (int from = 0; from + chunk <= best.size() && best.size() > 1 && trials > 0; trials--) {
                List<byte[]> shorter = new ArrayList<>(best);
                shorter.subList(from, from + chunk).clear();
                if (fails(shorter, like)) {
                    best = shorter;
                } else {
                    from += chunk;
                }
            }
        }
        for (int i = best.size() - 1; i >= 0; i--) {
            trials = shorten(best, i, like, trials);
        }
        return best;
    }

    private int shorten(List<byte[]> best, int index, Throwable like, int trials) {
        int left = trials;
        for (int chunk = Math.max(1, best.get(index).length / 2); chunk > 0; chunk = chunk / 2) {
            for (int from = 0; from + chunk <= best.get(index).length && left > 0; left--) {
                byte[] input = best.get(index);
                byte[] shorter = new byte[input.length - chunk];
                System.arraycopy(input, 0, shorter, 0, from);
                System.arraycopy(input, from + chunk, shorter, from, shorter.length - from);
                best.set(index, shorter);
                if (!fails(best, like)) {
                    best.set(index, input);
                    from += chunk;
                }
            }
        }
        for (int at = 0; at < best.get(index).length && left > 0; at++) {
            byte[] input = best.get(index);
            if (input[at] != 0) {
                left--;
                byte[] plainer = Arrays.copyOf(input, input.length);
                plainer[at] = 0;
                best.set(index, plainer);
                if (!fails(best, like)) {
                    best.set(index, input);
                }
            }
        }
        return left;
    }

    /** No later than the time for shortening: what takes long for each trial is told as it is. */
    private boolean fails(List<byte[]> tried, Throwable like) {
        if (System.nanoTime() - shorteningEndsNanos > 0) {
            return false;
        }
        Throwable failure = outcome(tried);
        return failure != null && failure.getClass() == like.getClass();
    }

    /** Neighbours among seeds must not give neighbours among numbers. */
    private static long mixed(long value) {
        long z = value + 0x632be59bd9b4e019L;
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return z ^ z >>> 33;
    }
}
