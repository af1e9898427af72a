package io.zabkeeper.server.peer;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.peer.proto.Hello;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How this member introduces itself, and whom it accepts.
 *
 * @param node its id
 * @param incarnation number of this boot
 * @param disk random name of its data directory, so that two processes with one id are told apart
 * @param members the ids and roles of the configuration, such as {@code 1=participant,2=participant}; both sides must
 *     agree (H1)
 * @param settings those that decide what the outcome of a request is; both sides must agree, or their states would part
 * @param cluster the ensemble's id, 0 as long as none is known
 */
public record Introduction(
        NodeId node, long incarnation, long disk, String members, String settings, LongSupplier cluster) {
    static final int VERSION = 1;

    /** Characters of a peer's text that an objection repeats. */
    private static final int LONGEST_ECHO = 1_000;

    Hello hello(boolean bulk, String refusal) {
        return Hello.newBuilder()
                .setVersion(VERSION)
                .setNode(node.value())
                .setIncarnation(incarnation)
                .setDisk(disk)
                .setMembers(agreement())
                .setCluster(cluster.getAsLong())
                .setBulk(bulk)
                .setRefusal(refusal)
                .build();
    }

    private String agreement() {
        return members + ' ' + settings;
    }

    /** Why a peer that says this of itself is not accepted; null when it is. */
    @Nullable
    String objectionTo(Hello peer) {
        if (peer.getVersion() != VERSION) {
            return "it speaks version " + peer.getVersion() + " of the peer protocol, we speak " + VERSION;
        }
        if (peer.getNode() == node.value()) {
            return "it claims id " + node + ", which is ours: two members have the same myid";
        }
        long ours = cluster.getAsLong();
        if (ours != 0 && peer.getCluster() != 0 && ours != peer.getCluster()) {
            return "it belongs to ensemble " + Long.toHexString(peer.getCluster()) + ", we to "
                    + Long.toHexString(ours);
        }
        if (!peer.getMembers().equals(agreement())) {
            return "its configuration has the members and settings " + shortened(peer.getMembers()) + ", ours "
                    + agreement();
        }
        return null;
    }

    /** A stranger does not decide how much is logged and sent back because of it. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "...";
    }
}
