/** Arithmetic on sets of members: who is in a set, and which sets are quorums. The lowest layer, it knows no protocol. */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.consensus.quorum;
