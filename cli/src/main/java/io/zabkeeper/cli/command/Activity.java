package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.ServerStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What servers said of themselves at one moment, and how much they did since the moment before. Immutable. */
final class Activity {
    /** A zxid has the leader's epoch in its upper half and counts that leader's writes in its lower. */
    private static final int EPOCH_BITS = 32;

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Optional<ServerStatus>> statuses;
    private final long atNanos;
    private final @Nullable Activity before;

    private Activity(List<Optional<ServerStatus>> statuses, long atNanos, @Nullable Activity before) {
        this.statuses = List.copyOf(statuses);
        this.atNanos = atNanos;
        this.before = before;
    }

    /** @param atNanos when they were asked, on a clock that only goes on */
    static Activity first(List<Optional<ServerStatus>> statuses, long atNanos) {
        return new Activity(statuses, atNanos, null);
    }

    /** What the same servers said later. */
    Activity next(List<Optional<ServerStatus>> later, long laterNanos) {
        return new Activity(later, laterNanos, new Activity(statuses, atNanos, null));
    }

    /** An answer for each server, nothing for one that does not serve. */
    List<Optional<ServerStatus>> statuses() {
        return statuses;
    }

    /** How many servers serve. */
    long serving() {
        return statuses.stream().filter(Optional::isPresent).count();
    }

    /** How many messages of clients a server received; unknown if it was not there before, or started in between. */
    OptionalDouble messagesPerSecond(int server) {
        Optional<ServerStatus> earlier = before == null ? Optional.empty() : before.statuses.get(server);
        Optional<ServerStatus> now = statuses.get(server);
        if (earlier.isEmpty()
                || now.isEmpty()
                || now.get().received() < earlier.get().received()) {
            return OptionalDouble.empty();
        }
        return perSecond(now.get().received() - earlier.get().received());
    }

    /** How many writes there were in the ensemble; unknown when there was an election in between. */
    OptionalDouble writesPerSecond() {
        OptionalLong earlier = before == null ? OptionalLong.empty() : before.newestZxid();
        OptionalLong now = newestZxid();
        if (earlier.isEmpty()
                || now.isEmpty()
                || now.getAsLong() >>> EPOCH_BITS != earlier.getAsLong() >>> EPOCH_BITS
                || now.getAsLong() < earlier.getAsLong()) {
            return OptionalDouble.empty();
        }
        return perSecond(now.getAsLong() - earlier.getAsLong());
    }

    private OptionalLong newestZxid() {
        return statuses.stream()
                .flatMap(Optional::stream)
                .map(ServerStatus::zxid)
                .filter(zxid -> zxid.matches("0x[0-9a-f]{1,15}"))
                .mapToLong(zxid -> Long.parseLong(zxid.substring(2), 16))
                .max();
    }

    private OptionalDouble perSecond(long number) {
        long nanos = before == null ? 0 : atNanos - before.atNanos;
        return nanos <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) number * NANOS_PER_SECOND / (double) nanos);
    }
}
