package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Entry;
import java.util.List;

/** What the history is about. Deterministic, total, and called with every entry exactly once in each incarnation. */
public interface StateMachine {
    /**
     * Applies entries from the first on, as many as it likes. An entry can be much work, such as the end of a session with
     * many ephemerals; a machine that takes all of a burst of them would keep the member from answering its leader.
     *
     * @param entries at least one
     * @return how many it has taken, at least one; what is left comes again with {@link Driver#goOn}
     */
    int deliver(List<Entry> entries);
}
