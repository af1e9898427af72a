package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;

/** All or none are had, by one at a time, whoever else wants one of them alone. */
final class MultiLockPromise implements Promise {
    private final History history = new History();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        Mutex first = Mutex.at(client, "/several/first");
        Mutex second = Mutex.at(client, "/several/second");
        if (who == 0) {
            try (Grant grant = second.acquire()) {
                Promises.hold(history, who, List.of(grant));
            }
            return;
        }
        try (MultiGrant all = MultiLock.of(List.of(first, second)).acquire()) {
            Promises.hold(
                    history, who, List.of(all.grants().get(1), all.grants().get(0)));
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return history.faults(1);
    }
}
