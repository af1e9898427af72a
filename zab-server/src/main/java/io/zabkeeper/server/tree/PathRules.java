package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ZnodePath;

/** Which paths a write may name (client protocol §4.6, §3.3). */
final class PathRules {
    /** Deeper ones are refused, so that nobody who walks the tree has to fear its depth. */
    static final int MOST_LEVELS = 1024;

    private PathRules() {}

    /** What create and delete ask at first: whether there is a parent at all. The rest follows once it is known. */
    static boolean hasParent(String path) {
        return path.indexOf('/') >= 0 && path.indexOf('\0') < 0;
    }

    static boolean isPath(String path) {
        return ZnodePath.problem(path) == null;
    }

    static boolean isTooDeep(String path) {
        int levels = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            levels++;
        }
        return levels > MOST_LEVELS;
    }
}
