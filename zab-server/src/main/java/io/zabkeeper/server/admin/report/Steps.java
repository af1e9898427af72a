package io.zabkeeper.server.admin.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Long collections, one after the other, a step at a time. The first step is made at once, so what is short is there
 * without a pause; at most one step is made between two pauses, however many ask. Belongs to the replica loop.
 */
final class Steps {
    private final Pacer pacer;
    private final Deque<Collection> waiting = new ArrayDeque<>();
    private boolean isPausing;

    Steps(Pacer pacer) {
        this.pacer = pacer;
    }

    /** Something that is collected in steps. */
    interface Collection {
        /** Makes a step; false when that was the last one. */
        boolean step();

        void done();
    }

    void run(Collection collection) {
        waiting.addLast(collection);
        if (!isPausing) {
            step();
        }
    }

    private void step() {
        isPausing = false;
        Collection current = waiting.peekFirst();
        while (current != null) {
            if (current.step()) {
                pause();
                return;
            }
            waiting.pollFirst();
            current.done();
            current = waiting.peekFirst();
            if (current != null) {
                pause();
                return;
            }
        }
    }

    private void pause() {
        isPausing = true;
        pacer.later(this::step);
    }
}
