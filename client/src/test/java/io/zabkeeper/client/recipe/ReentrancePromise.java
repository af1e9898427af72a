package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;

/** A thread that has it gets it again, and it is free when all is given back. */
final class ReentrancePromise implements Promise {
    private final History history = new History();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        ReentrantMutex mutex = new ReentrantMutex(Mutex.at(client, "/reentrant"));
        try (ReentrantMutex.Hold outer = mutex.acquire();
                ReentrantMutex.Hold inner = mutex.acquire()) {
            Promises.hold(history, who, List.of(outer.grant(), inner.grant()));
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return history.faults(1);
    }
}
