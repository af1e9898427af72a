package io.zabkeeper.client.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a server that has a quorum while the session is at one that has none: asks the others, round after round, with
 * pauses that grow from 100 ms to a minute, as those of ZooKeeper's client do. Belongs to the loop.
 *
 * <p>A pause is as long as the last one when a search begins anew: who is found may turn the session away, and then nobody is
 * asked faster. {@link #succeeded} makes it short again.
 */
final class ReadWriteSearch {
    private static final int FIRST_PAUSE_MS = 100;
    private static final int LONGEST_PAUSE_MS = 60_000;

    /** A server that does not answer at once is no better than the present one. */
    private static final int ANSWER_MS = 2000;

    private final EventLoop loop;
    private final Dialer dialer;
    private final HostList hosts;
    private final RandomGenerator random;
    private final Consumer<HostAddress> found;

    private int pauseMs = FIRST_PAUSE_MS;
    private int leftInRound;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable Inquiry inquiry;

    /** @param found takes a server that has a quorum, which {@code hosts} names next; the search is over then */
    ReadWriteSearch(
            EventLoop loop, Dialer dialer, HostList hosts, RandomGenerator random, Consumer<HostAddress> found) {
        this.loop = loop;
        this.dialer = dialer;
        this.hosts = hosts;
        this.random = random;
        this.found = found;
    }

    /** @param present is not asked, unless there is no other one */
    void begin(HostAddress present) {
        stop();
        int pause = pauseMs / 2 + random.nextInt(pauseMs / 2);
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
        leftInRound = Math.max(1, hosts.size() - 1);
        next = loop.schedule(() -> ask(present), pause, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        Inquiry unanswered = inquiry;
        inquiry = null;
        if (unanswered != null) {
            unanswered.end();
        }
    }

    /** The session is at a server that has a quorum. */
    void succeeded() {
        pauseMs = FIRST_PAUSE_MS;
    }

    private void ask(HostAddress present) {
        HostAddress candidate = hosts.next();
        if (candidate.equals(present)) {
            candidate = hosts.next();
        }
        Inquiry asked = new Inquiry(candidate, isReadWrite -> answered(present, isReadWrite));
        inquiry = asked;
        next = loop.schedule(asked::end, ANSWER_MS, TimeUnit.MILLISECONDS);
        dialer.dial(asked, ANSWER_MS);
    }

    private void answered(HostAddress present, boolean isReadWrite) {
        Inquiry answered = inquiry;
        if (answered == null) {
            return; // Stopped meanwhile.
        }
        inquiry = null;
        stop();
        leftInRound--;
        if (isReadWrite) {
            hosts.prefer(answered.address());
            found.accept(answered.address());
        } else if (leftInRound > 0) {
            ask(present);
        } else {
            begin(present);
        }
    }
}
