package io.zabkeeper.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a client asks again by itself. Without one, which is what clients do if they are not told otherwise, every
 * failure is the caller's.
 *
 * <p>Repeated is what was surely not done, for a reason that passes: a read whose connection broke, and whatever a server
 * that has too much to do turned away. A write that may have been done is repeated only where {@link #repeatingOverwrites}
 * allows it; never one whose second attempt would tell another story than the first (a create would find its own znode, a
 * delete would find none, a change with a version would find the next one).
 *
 * <p>An attempt begins only within the operation timeout, so an outcome is there within twice that time. What is repeated
 * falls behind requests that were made later.
 *
 * @param attempts how many there are at the most, the first one included; at least 1
 * @param firstPause in front of the second attempt; it doubles in front of each further one, and half of each is random
 * @param longestPause no pause is longer
 * @param isOverwriteRepeated see {@link #repeatingOverwrites}
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, boolean isOverwriteRepeated) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Nothing is repeated. */
    public static final RetryPolicy NONE = upTo(1);

    /** @throws IllegalArgumentException if there is no attempt, a pause is negative, or the longest one is not the longest */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("there is at least one attempt, not " + attempts);
        }
        if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses from " + firstPause + " to " + longestPause);
        }
    }

    /** So many attempts in all, with pauses from 50 ms to 2 s. */
    public static RetryPolicy upTo(int attempts) {
        return new RetryPolicy(attempts, FIRST_PAUSE, LONGEST_PAUSE, false);
    }

    /** The same with other pauses. */
    public RetryPolicy pausing(Duration first, Duration longest) {
        return new RetryPolicy(attempts, first, longest, isOverwriteRepeated);
    }

    /**
     * The same, which also repeats {@code setData} and {@code setAcl} for any version when their answer is lost. Done twice
     * they are as good as done once, unless somebody else writes in between: whose write is lost then.
     */
    public RetryPolicy repeatingOverwrites() {
        return new RetryPolicy(attempts, firstPause, longestPause, true);
    }

    /** What to wait for behind so many attempts, at least 1. */
    Duration pauseAfter(int attemptsMade) {
        double doubled = firstPause.toMillis() * Math.pow(2, attemptsMade - 1.0);
        double pauseMs = Math.min((double) longestPause.toMillis(), doubled);
        return Duration.ofMillis(
                Math.round(pauseMs * (1 + ThreadLocalRandom.current().nextDouble()) / 2));
    }
}
