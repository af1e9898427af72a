package io.zabkeeper.server.request;

import io.zabkeeper.server.replica.Completion;
import io.zabkeeper.server.tree.Applied;

/** Nobody waits for the outcome. */
enum Unheard implements Completion {
    INSTANCE;

    @Override
    public void applied(long zxid, Applied outcome) {
        // Applying it has told everybody whom it concerns.
    }

    @Override
    public void lost() {
        // Whoever asked is gone.
    }
}
