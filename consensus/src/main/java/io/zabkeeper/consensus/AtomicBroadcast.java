package io.zabkeeper.consensus;

import java.util.List;

/**
 * A replication protocol as a pure function: an event in, effects out (D1).
 *
 * <p>No thread, clock, socket, file, lock or ambient randomness. The same constructor arguments and the same events give
 * the same effects. Total: any well-formed event in any state yields effects; a broken invariant is thrown as
 * {@link Invariant.Violation}, which the driver turns into a halt. Called by one thread, never re-entered.
 */
public interface AtomicBroadcast {
    /** The effects, to be performed in order before the next event. The list is the caller's. */
    List<Effect> step(Event event);

    Status status();

    /** The commit point as known here. */
    long committed();

    /** When a tick is useful next, in the time of {@link Event.Tick}; {@code Long.MAX_VALUE} for never. */
    long nextDeadlineNanos();
}
