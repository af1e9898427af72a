package io.zabkeeper.client.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who held what when, as those who held it saw it, on one clock. Safe for use by many threads. */
final class History {
    private final Queue<Tenure> tenures = new ConcurrentLinkedQueue<>();

    void add(Tenure tenure) {
        tenures.add(tenure);
    }

    int size() {
        return tenures.size();
    }

    /**
     * Why this is no history of something that so many may hold at once; empty if it is one.
     *
     * <p>Tokens must be all different; those of tenures that exclude each other must grow with time.
     */
    List<String> faults(int most) {
        List<Tenure> inOrder = inOrder();
        List<String> faults = overlaps(most);
        if (inOrder.stream().map(Tenure::token).distinct().count() != inOrder.size()) {
            faults.add("a token was given out twice");
        }
        for (int i = 1; i < inOrder.size() && most == 1; i++) {
            if (inOrder.get(i).token() <= inOrder.get(i - 1).token()) {
                faults.add("tokens do not grow: " + inOrder.get(i - 1) + ", " + inOrder.get(i));
            }
        }
        return faults;
    }

    /** Each moment at which another one came and there were more than so many. */
    List<String> overlaps(int most) {
        List<String> faults = new ArrayList<>();
        List<Tenure> present = new ArrayList<>();
        for (Tenure next : inOrder()) {
            present.removeIf(earlier -> earlier.untilNanos() - next.fromNanos() <= 0);
            present.add(next);
            if (present.size() > most) {
                faults.add(present.size() + " at once: " + present);
            }
        }
        return faults;
    }

    /** Each tenure of one history that was at the same time as one of the other, where that must not be. */
    List<String> meetings(History others) {
        return tenures.stream()
                .flatMap(one -> others.tenures.stream()
                        .filter(one::overlaps)
                        .map(other -> "at the same time: " + one + ", " + other))
                .toList();
    }

    private List<Tenure> inOrder() {
        List<Tenure> inOrder = new ArrayList<>(tenures);
        inOrder.sort(Comparator.comparingLong(Tenure::fromNanos));
        return inOrder;
    }

    /**
     * One holder's time.
     *
     * @param fromNanos when it knew that it held, by {@link System#nanoTime}
     * @param untilNanos before it gave back, or when it was told that it may have lost
     */
    record Tenure(String holder, long token, long fromNanos, long untilNanos) {
        boolean overlaps(Tenure other) {
            return fromNanos - other.untilNanos < 0 && other.fromNanos - untilNanos < 0;
        }
    }
}
