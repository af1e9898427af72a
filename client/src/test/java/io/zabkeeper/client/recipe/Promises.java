package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.OutcomeUnknownException;
import io.zabkeeper.client.SessionLostException;
import io.zabkeeper.client.TransactionRefusedException;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.History.Tenure;
import io.zabkeeper.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/** The promise of each recipe that clients share. */
final class Promises {
    private static final long HELD_NANOS = 200_000;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final int LEASES = 3;
    private static final int NUMBERS = 4;

    private Promises() {}

    static Map<String, Promise> all() {
        Map<String, Promise> all = new LinkedHashMap<>();
        all.put("mutex", new Exclusion(1, client -> Mutex.at(client, "/mutex")));
        all.put("re-entrant mutex", new Reentrance());
        all.put("semaphore", new Exclusion(LEASES, client -> Semaphore.at(client, "/semaphore", LEASES)));
        all.put("read-write lock", new Writing());
        all.put("multi-lock", new Several());
        all.put("election", new Leading());
        all.put("worker ids", new Numbering());
        all.put("queue", new Working());
        all.put("counter", new Counting());
        all.put("config", new Setting());
        all.put("membership", new Joining());
        return all;
    }

    /** Holds all of them for a moment and notes from when to when that was sure. */
    private static void hold(History history, int who, List<Grant> grants) {
        long from = System.nanoTime();
        AtomicLong until = new AtomicLong();
        for (Grant grant : grants) {
            grant.addListener((standing, reason) -> until.compareAndSet(0, System.nanoTime()));
        }
        LockSupport.parkNanos(HELD_NANOS);
        until.compareAndSet(0, System.nanoTime());
        history.add(new Tenure("client " + who, grants.get(0).fencingToken(), from, until.get()));
    }

    /** No more than so many hold it at once. */
    private record Exclusion(int most, Function<ZabClient, Grantor> recipe, History history) implements Promise {
        Exclusion(int most, Function<ZabClient, Grantor> recipe) {
            this(most, recipe, new History());
        }

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            try (Grant grant = recipe.apply(client).acquire()) {
                hold(history, who, List.of(grant));
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return history.faults(most);
        }
    }

    /** A thread that has it gets it again, and it is free when all is given back. */
    private static final class Reentrance implements Promise {
        private final History history = new History();

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            ReentrantMutex mutex = new ReentrantMutex(Mutex.at(client, "/reentrant"));
            try (ReentrantMutex.Hold outer = mutex.acquire();
                    ReentrantMutex.Hold inner = mutex.acquire()) {
                hold(history, who, List.of(outer.grant(), inner.grant()));
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return history.faults(1);
        }
    }

    /** One writes alone; those who read do so without it. */
    private static final class Writing implements Promise {
        private static final int WRITERS = 2;

        private final History written = new History();
        private final History read = new History();

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            ReadWriteLock lock = ReadWriteLock.at(client, "/read-write");
            boolean isWriter = who < WRITERS;
            try (Grant grant = (isWriter ? lock.write() : lock.read()).acquire()) {
                hold(isWriter ? written : read, who, List.of(grant));
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return Stream.of(written.faults(1), written.meetings(read))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** All or none are had, by one at a time, whoever else wants one of them alone. */
    private static final class Several implements Promise {
        private final History history = new History();

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            Mutex first = Mutex.at(client, "/several/first");
            Mutex second = Mutex.at(client, "/several/second");
            if (who == 0) {
                try (Grant grant = second.acquire()) {
                    hold(history, who, List.of(grant));
                }
                return;
            }
            try (MultiGrant all = MultiLock.of(List.of(first, second)).acquire()) {
                hold(history, who, List.of(all.grants().get(1), all.grants().get(0)));
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return history.faults(1);
        }
    }

    /** One leads at a time. */
    private static final class Leading implements Promise {
        private final History history = new History();

        @Override
        public void use(int who, ZabClient client) throws Exception {
            Term term = new Term(who);
            LeaderElection election = LeaderElection.join(client, "/election", "client " + who, term);
            try {
                term.over.get(AT_LAST.toSeconds(), TimeUnit.SECONDS);
                LockSupport.parkNanos(HELD_NANOS);
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

    /** A number belongs to one at a time. */
    private static final class Numbering implements Promise {
        private final List<History> numbers =
                Stream.generate(History::new).limit(NUMBERS).toList();

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            WorkerIds ids = WorkerIds.at(client, "/ids", NUMBERS);
            try (WorkerId id = ids.claim("client " + who, AT_LAST).orElseThrow()) {
                hold(numbers.get(id.number()), who, List.of(id.grant()));
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return numbers.stream().flatMap(number -> number.faults(1).stream()).toList();
        }
    }

    /** What was offered is worked on, and what was acknowledged does not come again. */
    private static final class Working implements Promise {
        private static final String PATH = "/queue";

        private final AtomicInteger last = new AtomicInteger();
        private final Set<String> offered = ConcurrentHashMap.newKeySet();
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<String> perhapsAcknowledged = ConcurrentHashMap.newKeySet();
        private final Queue<String> again = new ConcurrentLinkedQueue<>();

        @Override
        public void use(int who, ZabClient client) throws InterruptedException {
            io.zabkeeper.client.recipe.Queue queue = io.zabkeeper.client.recipe.Queue.at(client, PATH);
            if (who % 2 == 0) {
                String item = "item " + last.incrementAndGet();
                queue.offer(Bytes.ofUtf8(item));
                offered.add(item);
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                Optional<Taken> taken = queue.take(SOON);
                if (taken.isPresent()) {
                    acknowledge(taken.get());
                }
            }
        }

        private void acknowledge(Taken taken) {
            String item = taken.data().utf8();
            try {
                taken.acknowledge();
                note(item);
            } catch (TransactionRefusedException refused) {
                // The claim was lost: somebody else works on it.
            } catch (SessionLostException lost) {
                perhapsAcknowledged.add(item);
                throw lost;
            }
        }

        private void note(String item) {
            if (!acknowledged.add(item)) {
                again.add(item + " came again");
            }
        }

        @Override
        public List<String> faults(ZabClient witness) throws InterruptedException {
            io.zabkeeper.client.recipe.Queue queue = io.zabkeeper.client.recipe.Queue.at(witness, PATH);
            for (Optional<Taken> rest = queue.take(SOON); rest.isPresent(); rest = queue.take(SOON)) {
                acknowledge(rest.get());
            }
            List<String> faults = new ArrayList<>(again);
            offered.stream()
                    .filter(item -> !acknowledged.contains(item) && !perhapsAcknowledged.contains(item))
                    .forEach(item -> faults.add(item + " is lost"));
            return faults;
        }
    }

    /** Each addition is made once. */
    private static final class Counting implements Promise {
        private final Collection<Long> sums = new ConcurrentLinkedQueue<>();
        private final AtomicInteger perhaps = new AtomicInteger();

        @Override
        public void use(int who, ZabClient client) {
            try {
                sums.add(Counter.at(client, "/counter").add(1));
            } catch (SessionLostException lost) {
                perhaps.incrementAndGet();
                throw lost;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }

        @Override
        public List<String> faults(ZabClient witness) {
            witness.sync("/counter");
            long sum = Counter.at(witness, "/counter").get();
            List<String> faults = new ArrayList<>();
            if (sum < sums.size() || sum > sums.size() + perhaps.get()) {
                faults.add(sums.size() + " to " + (sums.size() + perhaps.get()) + " additions, and the sum is " + sum);
            }
            if (Set.copyOf(sums).size() != sums.size()) {
                faults.add("two additions had the same sum");
            }
            return faults;
        }
    }

    /** What is set together is seen together. */
    private static final class Setting implements Promise {
        private final AtomicInteger last = new AtomicInteger();
        private final Queue<String> apart = new ConcurrentLinkedQueue<>();

        @Override
        public void use(int who, ZabClient client) {
            try (Config config = Config.at(client, "/config")
                    .withDefaults(Map.of("one", "0", "other", "0"))
                    .follow()) {
                check(config.now());
                config.addListener((before, now) -> check(now));
                if (who == 0) {
                    String value = Integer.toString(last.incrementAndGet());
                    set(config, value);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        /** Whether it was done is for who sets to find out. */
        private static void set(Config config, String value) {
            try {
                config.set(Map.of("one", value, "other", value));
            } catch (OutcomeUnknownException e) {
                // Both are set, or none.
            }
        }

        private void check(Settings settings) {
            if (!settings.text("one").equals(settings.text("other"))) {
                apart.add("seen apart: " + settings);
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            return List.copyOf(apart);
        }
    }

    /** Who has joined is seen by itself, and who has left by nobody. */
    private static final class Joining implements Promise {
        private static final String PATH = "/group";

        private final Queue<String> unseen = new ConcurrentLinkedQueue<>();

        @Override
        public void use(int who, ZabClient client) {
            String name = "member " + who;
            try (Membership membership = Membership.join(client, PATH, name, Bytes.EMPTY)) {
                await(membership.whenJoined());
                long end = System.nanoTime() + AT_LAST.toNanos();
                while (!membership.members().containsKey(name) && client.state() != ConnectionState.LOST) {
                    if (System.nanoTime() - end > 0) {
                        unseen.add(name + " has joined and does not see itself");
                        return;
                    }
                    LockSupport.parkNanos(HELD_NANOS);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private static void await(CompletableFuture<Void> joined) {
            try {
                joined.get(AT_LAST.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw Trouble.toThrow(e);
            } catch (InterruptedException | TimeoutException e) {
                throw new IllegalStateException("has not joined", e);
            }
        }

        @Override
        public List<String> faults(ZabClient witness) {
            try (Membership group = Membership.observe(witness, PATH)) {
                await(group.whenComplete());
                // A session that was given up is there until it expires.
                Eventually.until("all have left", () -> group.members().isEmpty());
            }
            return List.copyOf(unseen);
        }
    }
}
