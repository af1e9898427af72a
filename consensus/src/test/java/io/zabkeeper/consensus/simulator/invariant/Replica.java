package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.quorum.NodeId;

/** One member as an omniscient outsider sees it. "Durable" is what the simulated disk would give back after a crash. */
public interface Replica {
    NodeId id();

    boolean isUp();

    /** Of the core, while the member is up. */
    Status status();

    HardState durableState();

    /** The hard state last appended, durable or not. */
    HardState writtenState();

    /** Position of the last entry, or snapshot, that is durable. */
    long lastDurable();

    /** Position of the last entry, or snapshot, that was appended, durable or not. */
    long lastWritten();

    /** Whether the disk has this position, as an entry or inside a snapshot. */
    boolean holds(long zxid);

    /** Whether the disk had it at some time, even if it was truncated or the disk was lost since. */
    boolean everHeld(long zxid);

    /** The durable position right behind {@code zxid}, or {@code Long.MAX_VALUE} at the end. */
    long durableSuccessor(long zxid);

    /** False from the moment the disk is wiped or damaged until the member is durably re-admitted. */
    boolean isTrusted();
}
