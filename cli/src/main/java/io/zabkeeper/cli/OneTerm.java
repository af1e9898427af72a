package io.zabkeeper.cli;

import io.zabkeeper.cli.command.CommandFailure;
import io.zabkeeper.cli.command.ExitCode;
import io.zabkeeper.cli.command.Held;
import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Grant;
import io.zabkeeper.client.recipe.LeaderElection;
import io.zabkeeper.client.recipe.LeadershipListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A candidacy for one term of an election behind the commands' port: who was deposed does not stand again as long as what it
 * led may still be running.
 */
final class OneTerm implements Held {
    private final LeaderElection election;
    private final Ballot ballot;
    private final Held grant;

    private OneTerm(LeaderElection election, Ballot ballot, Held grant) {
        this.election = election;
        this.ballot = ballot;
        this.grant = grant;
    }

    /** Stands for election and waits for the term. */
    static Held await(ZabClient client, String path, String label) throws InterruptedException {
        Ballot ballot = new Ballot();
        LeaderElection election = LeaderElection.join(client, path, label, ballot);
        ballot.joined.complete(election);
        try {
            return new OneTerm(election, ballot, new HeldGrant(ballot.elected.get(), client.sessionTimeout()));
        } catch (InterruptedException e) {
            election.close();
            throw e;
        } catch (ExecutionException e) {
            // A session that is over can be replaced; a server that refuses will do so again.
            int exitCode = client.state() == ConnectionState.LOST ? ExitCode.UNKNOWN : ExitCode.REFUSED;
            throw new CommandFailure(exitCode, "no candidate any more: " + ballot.end.getNow(""));
        }
    }

    @Override
    public long fencingToken() {
        return grant.fencingToken();
    }

    @Override
    public String path() {
        return grant.path();
    }

    @Override
    public void onLoss(Consumer<String> listener) {
        grant.onLoss(listener);
    }

    @Override
    public void release() {
        ballot.isReleased = true;
        election.close();
    }

    /** What becomes of the candidacy. The election may tell before the one who joined it has it in hand. */
    private static final class Ballot implements LeadershipListener {
        private final CompletableFuture<LeaderElection> joined = new CompletableFuture<>();
        private final CompletableFuture<Grant> elected = new CompletableFuture<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        /** Whoever gives the term back withdraws as well; to do it here again would wait for that one, within its call. */
        private volatile boolean isReleased;

        @Override
        public void elected(Grant leadership) {
            elected.complete(leadership);
        }

        @Override
        public void deposed(String reason) {
            if (!isReleased) {
                CompletableFuture<Void> unused = joined.thenAccept(LeaderElection::close);
            }
        }

        @Override
        public void ended(String reason) {
            end.complete(reason);
            elected.completeExceptionally(new IllegalStateException(reason));
        }
    }
}
