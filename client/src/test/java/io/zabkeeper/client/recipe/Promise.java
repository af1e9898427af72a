package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;

/** What a recipe promises: clients use it, and in the end it is seen whether that was kept. For many threads. */
interface Promise {
    /**
     * One client uses the recipe once.
     *
     * @param who its number
     * @throws io.zabkeeper.client.SessionLostException what is promised holds with another session, too
     */
    void use(int who, ZabClient client) throws Exception;

    /** What is wrong, when nobody uses it any more; empty if the promise was kept. */
    List<String> faults(ZabClient witness) throws Exception;
}
