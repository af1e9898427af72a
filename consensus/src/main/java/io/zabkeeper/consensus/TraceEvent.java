package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;

/**
 * Facts that a core states about itself: the simulator's invariants are predicates over them, the server turns them into
 * log lines and counters, so both speak the same words.
 */
public sealed interface TraceEvent {
    /** LOOKING began, and why. */
    record Looking(String reason) implements TraceEvent {}

    /** A vote was settled: this member will follow, or be, {@code leader}. */
    record Chose(NodeId leader, long electionRound) implements TraceEvent {}

    /** This member promised {@code epoch} to {@code leader}. */
    record Promised(long epoch, NodeId leader) implements TraceEvent {}

    /** This member's epoch is established: a quorum acknowledged NEWLEADER (Z-14). */
    record Established(long epoch, long initialHistory) implements TraceEvent {}

    /** This follower acknowledges NEWLEADER: its durable log is the leader's initial history up to {@code lastLogged}. */
    record Synchronized(long epoch, NodeId leader, long lastLogged) implements TraceEvent {}

    /** A learner is brought up to date by DIFF, TRUNC or SNAP from {@code from}. */
    record Syncing(NodeId learner, String mode, long from) implements TraceEvent {}

    /** The leader broadcast an entry of its own epoch. */
    record Broadcast(Entry entry) implements TraceEvent {}

    /** The commit point moved. */
    record Committed(long zxid) implements TraceEvent {}

    /** A message was refused or ignored for a reason worth counting. */
    record Ignored(NodeId from, Message message, String reason) implements TraceEvent {}

    /** A member that may not vote was re-admitted. */
    record Readmitted(NodeId member) implements TraceEvent {}
}
