package io.zabkeeper.consensus;

import io.zabkeeper.consensus.quorum.NodeId;

/**
 * Who asked for a request to be ordered. It travels inside the ordered entry; on delivery only the member with
 * this origin and incarnation completes the client's call.
 *
 * @param origin the member that the client talked to
 * @param incarnation that member's boot number, so that answers of an earlier life are not mistaken for this one's
 * @param sequence strictly increasing within one incarnation of the origin
 */
public record ProposalId(NodeId origin, long incarnation, long sequence) {}
