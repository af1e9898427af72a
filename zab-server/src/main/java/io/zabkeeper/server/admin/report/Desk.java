package io.zabkeeper.server.admin.report;

import io.zabkeeper.server.metrics.MemberReport;
import java.util.Set;
import java.util.function.Consumer;

/** A member as those see it who are not on its loop. For any thread. */
public interface Desk {
    /** What is done before the report is made, if the member is serving. */
    enum Effect {
        NONE,
        /** As {@code srst}. */
        RESET_STATISTICS,
        /** As {@code crst}. */
        RESET_CONNECTIONS
    }

    /** The receiver is called once, on the thread on which texts are made. */
    void ask(Effect effect, Set<Topic> topics, Consumer<MemberReport> receiver);
}
