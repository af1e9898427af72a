package io.zabkeeper.client.example;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.Mutex;

public final class LockProgram {
    public static void main(String[] hosts) throws InterruptedException {
        try (ZabClient client = ZabClient.connect(hosts[0])) {
            Mutex mutex = Mutex.at(client, "/locks/ledger");
            try (Grant grant = mutex.acquire()) {
                System.out.println("the lock is ours, token " + grant.fencingToken());
                // Happens only while the lock is held, whatever this program believes:
                grant.transaction().create("/ledger", null).commit();
            }
        }
    }
}
