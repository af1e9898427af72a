package io.zabkeeper.client.recipe;

import io.zabkeeper.wire.ZnodePath;

/** Where the znodes of a recipe live. */
final class Directory {
    private Directory() {}

    /** The root has other inhabitants, and a directory of contenders must be able to go. */
    static String requireGood(String path) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException(problem + ": \"" + path + '"');
        }
        if (path.equals(ZnodePath.ROOT)) {
            throw new IllegalArgumentException("a recipe needs a path of its own below the root");
        }
        return path;
    }
}
