package io.zabkeeper.cli.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Carries a plan out: creations and new data from the root downwards, then deletions upwards, in as few transactions as
 * the service takes; then ACLs, one by one.
 */
final class PlanRun {
    private final Session session;
    private final Plan plan;
    private final Progress progress;
    private int done;

    PlanRun(Session session, Plan plan, Progress progress) {
        this.session = session;
        this.plan = plan;
        this.progress = progress;
    }

    /** @throws CommandFailure if it cannot go on; it tells how far it came */
    void run() throws InterruptedException {
        for (List<Change> transaction : Transactions.pack(groups())) {
            try {
                session.commit(transaction);
            } catch (Refusal refusal) {
                throw Transactions.undone(refusal, state());
            }
            done(transaction.size());
        }
        for (Plan.Step step : plan.steps()) {
            if (step.acl() != null) {
                setAcl(step.path(), step.acl());
            }
        }
        progress.end();
    }

    private List<List<Change>> groups() {
        List<List<Change>> downwards = new ArrayList<>();
        List<List<Change>> upwards = new ArrayList<>();
        for (Plan.Step step : plan.steps()) {
            if (step.change() != null) {
                (step.kind() == Plan.Kind.DELETE ? upwards : downwards).add(List.of(step.change()));
            }
        }
        Collections.reverse(upwards);
        downwards.addAll(upwards);
        return downwards;
    }

    private void setAcl(String path, Plan.AclChange acl) throws InterruptedException {
        try {
            session.setAcl(path, acl.acl(), acl.version());
        } catch (Refusal refusal) {
            throw Transactions.undone(refusal, state());
        }
        done(1);
    }

    private void done(int more) {
        done += more;
        progress.show(done);
    }

    private String state() {
        progress.end();
        return done == 0
                ? "nothing was changed"
                : done + (done == 1 ? " change was" : " changes were") + " made before";
    }
}
