package io.zabkeeper.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What two servers with the same history say once both have counted it. */
final class Alike {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Alike() {}

    /**
     * Asks both, as often each, until they agree, and returns what they agree on. The reference counts a reply after it
     * has written it, so a client that has its answer may ask too early; it drops a connection that a session has left
     * at some later time; and a follower applies what was committed when it hears of it.
     *
     * @throws AssertionError with the last answers, if they go on to differ
     */
    static <T> T soon(Callable<T> reference, Callable<T> own) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            T theirs = reference.call();
            T ours = own.call();
            if (Objects.equals(ours, theirs) || System.nanoTime() > deadline) {
                assertThat(ours).isEqualTo(theirs);
                return ours;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The entries of these names; each must be there. */
    static Map<String, String> only(List<String> names, Map<String, String> values) {
        Map<String, String> only = new TreeMap<>(values);
        only.keySet().retainAll(names);
        assertThat(only).hasSize(names.size());
        return only;
    }
}
