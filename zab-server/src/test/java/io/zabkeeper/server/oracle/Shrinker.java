package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Oracle.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a script that shows a difference as short as it goes: leaves out steps, then requests, as long as it still does. */
final class Shrinker {
    private final Trial trial;
    private int triesLeft;
    private Difference shortest;

    private Shrinker(Trial trial, Difference found, int tries) {
        this.trial = trial;
        this.shortest = found;
        this.triesLeft = tries;
    }

    static Difference shrink(Difference found, Trial trial, int tries) throws IOException {
        Shrinker shrinker = new Shrinker(trial, found, tries);
        shrinker.cutTail();
        int before;
        do {
            before = shrinker.shortest.script().requests();
            shrinker.dropSteps();
            shrinker.dropRequests();
        } while (shrinker.triesLeft > 0 && shrinker.shortest.script().requests() < before);
        return shrinker.shortest;
    }

    private boolean attempt(List<Step> steps) throws IOException {
        if (triesLeft-- <= 0) {
            return false;
        }
        Difference difference = trial.run(shortest.script().with(steps));
        if (difference == null) {
            return false;
        }
        shortest = difference;
        return true;
    }

    /** Nothing behind the step that shows it is needed, unless the difference shows when the script leaves. */
    private void cutTail() throws IOException {
        List<Step> steps = shortest.script().steps();
        int step = shortest.line() < shortest.reference().size()
                ? shortest.reference().get(shortest.line()).step()
                : steps.size();
        if (step + 1 < steps.size()) {
            attempt(steps.subList(0, step + 1));
        }
    }

    private void dropSteps() throws IOException {
        for (int chunk = Math.max(1, shortest.script().steps().size() / 2); chunk >= 1; chunk /= 2) {
            int at = 0;
            while (at < shortest.script().steps().size() && triesLeft > 0) {
                List<Step> steps = new ArrayList<>(shortest.script().steps());
                steps.subList(at, Math.min(steps.size(), at + chunk)).clear();
                if (!attempt(steps)) {
                    at += chunk;
                }
            }
        }
    }

    private void dropRequests() throws IOException {
        for (int i = 0; i < shortest.script().steps().size(); i++) {
            int at = 0;
            while (triesLeft > 0
                    && i < shortest.script().steps().size()
                    && shortest.script().steps().get(i) instanceof Step.Burst burst
                    && at < burst.requests().size()
                    && burst.requests().size() > 1) {
                List<Step.Request> fewer = new ArrayList<>(burst.requests());
                fewer.remove(at);
                List<Step> steps = new ArrayList<>(shortest.script().steps());
                steps.set(i, new Step.Burst(burst.session(), List.copyOf(fewer)));
                if (!attempt(steps)) {
                    at++;
                }
            }
        }
    }
}
