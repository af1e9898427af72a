package io.zabkeeper.consensus;

/**
 * A request on its way to be ordered.
 *
 * @param stampMillis wall-clock time given by the leader that proposes it; milliseconds since 1970
 */
public record Proposal(ProposalId id, long stampMillis, Payload payload) {}
