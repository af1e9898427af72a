package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import java.nio.charset.StandardCharsets;

/** The znodes that are there before the first request and that cannot be deleted (client protocol §4.7). */
final class FreshTree {
    static final String SYSTEM = "/zookeeper";
    static final String QUOTA = "/zookeeper/quota";
    static final String CONFIG = "/zookeeper/config";

    /** The version of a configuration that no command has set. */
    private static final int CONFIGURED = -1;

    private static final byte[] EMPTY = new byte[0];

    private FreshTree() {}

    static void plantIn(Tree tree, String configText) {
        tree.plant(null, "", EMPTY, Acl.OPEN_UNSAFE, 0, 0);
        tree.plant(tree.root(), "zookeeper", EMPTY, Acl.OPEN_UNSAFE, 0, 0);
        tree.plant(tree.find(SYSTEM), "quota", EMPTY, Acl.OPEN_UNSAFE, 0, 0);
        tree.plant(
                tree.find(SYSTEM),
                "config",
                configText.getBytes(StandardCharsets.UTF_8),
                Acl.READ_UNSAFE,
                configText.isEmpty() ? 0 : CONFIGURED,
                -1);
        tree.settle();
    }

    static boolean isReserved(String path) {
        return path.equals("/") || path.equals(SYSTEM) || path.equals(QUOTA) || path.equals(CONFIG);
    }
}
