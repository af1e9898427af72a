package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Entry;
import java.util.List;

/** What the history is about. Deterministic, total, and called with every entry exactly once in each incarnation. */
public interface StateMachine {
    void deliver(List<Entry> entries);
}
