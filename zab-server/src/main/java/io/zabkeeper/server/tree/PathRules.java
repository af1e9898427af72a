package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ZnodePath;

/** Which paths a write may name (client protocol §4.6, §3.3). */
final class PathRules {
    /** Longer ones are refused: whoever goes up a path step by step would copy it again and again. */
    static final int MOST_CHARS = 64 * 1024;

    private PathRules() {}

    /** What create and delete ask at first: whether there is a parent at all. The rest follows once it is known. */
    static boolean hasParent(String path) {
        return path.indexOf('/') >= 0 && path.indexOf('\0') < 0;
    }

    static boolean isPath(String path) {
        return ZnodePath.problem(path) == null;
    }

    /**
     * Whether a new path is beyond what the service takes, though it would be one.
     *
     * @param mostLevels deeper ones are refused, so that nobody who walks the tree has to fear its depth
     */
    static boolean isTooLarge(String path, int mostLevels) {
        if (path.length() > MOST_CHARS) {
            return true;
        }
        int levels = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            levels++;
        }
        return levels > mostLevels;
    }
}
