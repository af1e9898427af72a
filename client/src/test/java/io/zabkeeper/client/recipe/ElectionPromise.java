package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.History.Tenure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One leads at a time. */
final class ElectionPromise implements Promise {
    private final History history = new History();

    @Override
    public void use(int who, ZabClient client) throws Exception {
        Term term = new Term(who);
        LeaderElection election = LeaderElection.join(client, "/election", "client " + who, term);
        try {
            term.over.get(Promises.AT_LAST.toSeconds(), TimeUnit.SECONDS);
            LockSupport.parkNanos(Promises.HELD_NANOS);
            term.end();
        } finally {
            election.close();
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return history.faults(1);
    }

    /** The first term of one candidate: it ends when it is in doubt, or with the candidate. */
    private final class Term implements LeadershipListener {
        private final int who;

        /** It has begun, or will not begin any more. */
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        private Optional<Grant> leadership = Optional.empty();
        private long fromNanos;

        Term(int who) {
            this.who = who;
        }

        @Override
        public synchronized void elected(Grant granted) {
            if (!over.isDone()) {
                fromNanos = System.nanoTime();
                leadership = Optional.of(granted);
                over.complete(null);
            }
        }

        @Override
        public void doubted(String reason) {
            end();
        }

        @Override
        public void deposed(String reason) {
            end();
        }

        @Override
        public void ended(String reason) {
            over.complete(null);
        }

        synchronized void end() {
            leadership.ifPresent(grant ->
                    history.add(new Tenure("client " + who, grant.fencingToken(), fromNanos, System.nanoTime())));
            leadership = Optional.empty();
        }
    }
}
