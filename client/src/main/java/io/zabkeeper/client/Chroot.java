package io.zabkeeper.client;

import io.zabkeeper.wire.ZnodePath;

/**
 * Between the paths of the application and those of the server.
 *
 * @param prefix the znode below which the application lives, empty for the root
 */
record Chroot(String prefix) {
    String toServer(String path) {
        if (prefix.isEmpty()) {
            return path;
        }
        return path.equals(ZnodePath.ROOT) ? prefix : prefix + path;
    }

    /** The root as the prefix of a sequential name keeps its slash. */
    String toServerPrefix(String path) {
        return prefix + path;
    }

    String toClient(String path) {
        if (!path.startsWith(prefix)) {
            return path;
        }
        return path.length() == prefix.length() ? ZnodePath.ROOT : path.substring(prefix.length());
    }
}
