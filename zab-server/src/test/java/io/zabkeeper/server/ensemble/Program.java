package io.zabkeeper.server.ensemble;

/** What the process of a member runs; all read the same {@code zoo.cfg}. */
public enum Program {
    ZABKEEPER("io.zabkeeper.server.Main"),

    /** The reference: Apache ZooKeeper as it is published. */
    APACHE("org.apache.zookeeper.server.quorum.QuorumPeerMain");

    private final String mainClass;

    Program(String mainClass) {
        this.mainClass = mainClass;
    }

    String mainClass() {
        return mainClass;
    }
}
