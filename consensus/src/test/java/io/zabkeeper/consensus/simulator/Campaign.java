package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.simulator.Simulation.Options;
import io.zabkeeper.consensus.simulator.Simulation.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** A range of seeds, on some threads; the first failure ends it. */
final class Campaign {
    private final Oracle oracle;
    private final long from;
    private final long count;
    private final int threads;
    private final AtomicLong next = new AtomicLong();
    private Simulation.Outcome totals = new Simulation.Outcome(0, 0, 0, 0, 0, 0);
    private volatile boolean over;
    private long seeds;
    private final List<SimulationFailure> failures = new ArrayList<>();
    private long nanos;

    Campaign(Oracle oracle, long from, long count, int threads) {
        this.oracle = oracle;
        this.from = from;
        this.count = count;
        this.threads = threads;
    }

    /** For long runs: {@code fle|hostile} first count threads. */
    public static void main(String[] arguments) throws InterruptedException {
        Campaign campaign = new Campaign(
                Oracle.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]));
        try {
            campaign.run();
        } finally {
            System.out.println(campaign.summary());
        }
    }

    void run() throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread worker = new Thread(this::work, "seeds-" + i);
            workers.add(worker);
            worker.start();
        }
        work();
        for (Thread worker : workers) {
            worker.join();
        }
        nanos = System.nanoTime() - begin;
        if (!failures.isEmpty()) {
            SimulationFailure failure = failures.get(0);
            throw Boolean.getBoolean("sim.shrink") ? Simulation.shrink(failure, options(failure.seed())) : failure;
        }
    }

    private void work() {
        for (long n = next.getAndIncrement(); n < count && !over; n = next.getAndIncrement()) {
            try {
                add(Simulation.run(options(from + n)));
            } catch (SimulationFailure failure) {
                add(failure);
            }
        }
    }

    private Options options(long seed) {
        return Options.of(seed, oracle).withLines(Integer.getInteger("sim.lines", 60));
    }

    private synchronized void add(SimulationFailure failure) {
        failures.add(failure);
        over = true;
    }

    private synchronized void add(Simulation.Outcome outcome) {
        seeds++;
        totals = new Simulation.Outcome(
                totals.steps() + outcome.steps(),
                totals.slots() + outcome.slots(),
                totals.acknowledged() + outcome.acknowledged(),
                totals.reads() + outcome.reads(),
                totals.epochs() + outcome.epochs(),
                totals.hash() ^ outcome.hash());
    }

    Simulation.Outcome totals() {
        return totals;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d seeds in %.1f s, %d steps, %d slots, %d acknowledged, %d reads, %d epochs",
                oracle,
                seeds,
                nanos / 1e9,
                totals.steps(),
                totals.slots(),
                totals.acknowledged(),
                totals.reads(),
                totals.epochs());
    }
}
