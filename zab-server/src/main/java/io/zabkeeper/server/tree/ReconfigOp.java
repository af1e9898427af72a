package io.zabkeeper.server.tree;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.request.Reconfig;

/** reconfig. The members are what the configuration says, so it ends with its first check (client protocol §10.5). */
final class ReconfigOp {
    private ReconfigOp() {}

    // Takes both like every executor.
    @SuppressWarnings("unused") // Nothing of either counts before the first check.
    static Outcome execute(Write write, Reconfig reconfig) {
        return Outcome.failed(ErrorCode.RECONFIG_DISABLED);
    }
}
