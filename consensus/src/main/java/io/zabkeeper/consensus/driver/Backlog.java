package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Entry;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What the state machine has not come to yet, and all that may only be told after it: whether this member serves, that a
 * read is ready, that a snapshot is wanted. The order of the core's effects is kept; the log and the links do not wait,
 * so a member that is busy applying goes on to acknowledge and to answer heartbeats.
 */
final class Backlog {
    /** More than this is worked off at once: a member that cannot follow must feel it, or its memory will. */
    private static final int MOST_ENTRIES = 100_000;

    private final StateMachine machine;
    private final ArrayDeque<Late> late = new ArrayDeque<>();
    private int entries;

    /** Something that waits for its turn. */
    private interface Late {
        /** Whether it is done with. */
        boolean perform();
    }

    private final class Delivery implements Late {
        private List<Entry> rest;

        Delivery(List<Entry> rest) {
            this.rest = rest;
            entries += rest.size();
        }

        @Override
        public boolean perform() {
            int taken = machine.deliver(rest);
            entries -= taken;
            rest = rest.subList(taken, rest.size());
            return rest.isEmpty();
        }
    }

    Backlog(StateMachine machine) {
        this.machine = machine;
    }

    boolean isEmpty() {
        return late.isEmpty();
    }

    void deliver(List<Entry> delivered) {
        boolean isFirst = late.isEmpty();
        int taken = isFirst ? machine.deliver(delivered) : 0;
        if (taken < delivered.size()) {
            late.add(new Delivery(delivered.subList(taken, delivered.size())));
        }
        while (entries > MOST_ENTRIES) {
            goOn();
        }
    }

    /** Now, or after everything that waits. */
    void inOrder(Runnable action) {
        if (late.isEmpty()) {
            action.run();
        } else {
            late.add(() -> {
                action.run();
                return true;
            });
        }
    }

    /** Until the machine has had enough, or nothing is left. */
    void goOn() {
        for (Late next = late.peek(); next != null && next.perform(); next = late.peek()) {
            late.poll();
        }
    }

    void clear() {
        late.clear();
        entries = 0;
    }
}
