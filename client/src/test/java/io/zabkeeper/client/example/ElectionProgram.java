package io.zabkeeper.client.example;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.LeaderElection;
import io.zabkeeper.client.recipe.LeadershipListener;

public final class ElectionProgram implements LeadershipListener {
    public static void main(String[] hosts) throws InterruptedException {
        try (ZabClient client = ZabClient.connect(hosts[0]);
                LeaderElection election = LeaderElection.join(client, "/election", "worker 1", new ElectionProgram())) {
            election.candidates().thenAccept(line -> System.out.println(line.size() + " in line"));
            Thread.currentThread().join(1000);
        }
    }

    @Override
    public void elected(Grant leadership) {
        System.out.println("leads, term " + leadership.fencingToken());
    }

    @Override
    public void deposed(String reason) {
        System.out.println("leads no longer: " + reason);
    }
}
