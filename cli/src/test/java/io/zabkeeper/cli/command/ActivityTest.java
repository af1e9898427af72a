package io.zabkeeper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.ensemble.ServerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ActivityTest {
    private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

    @Test
    void has_no_rates_at_first() {
        Activity first = Activity.first(List.of(status("0x100000001", 5)), 0);

        assertThat(first.serving()).isEqualTo(1);
        assertThat(first.messagesPerSecond(0)).isEmpty();
        assertThat(first.writesPerSecond()).isEmpty();
    }

    @Test
    void tells_how_much_was_done_since_the_moment_before() {
        Activity activity = Activity.first(List.of(status("0x100000001", 5), status("0x100000003", 7)), 0)
                .next(List.of(status("0x10000000d", 15), status("0x10000000b", 7)), TWO_SECONDS);

        assertThat(activity.messagesPerSecond(0)).hasValue(5);
        assertThat(activity.messagesPerSecond(1)).hasValue(0);
        assertThat(activity.writesPerSecond()).hasValue(5); // From 3 to 13: each time the newest that anybody has.
    }

    @Test
    void does_not_compare_what_an_election_or_a_start_lies_between() {
        Activity activity = Activity.first(List.of(status("0x100000001", 5), Optional.empty()), 0)
                .next(List.of(status("0x200000001", 1), status("0x200000001", 9)), TWO_SECONDS);

        assertThat(activity.writesPerSecond()).isEmpty();
        assertThat(activity.messagesPerSecond(0)).isEmpty();
        assertThat(activity.messagesPerSecond(1)).isEmpty();
    }

    private static Optional<ServerStatus> status(String zxid, long received) {
        return Optional.of(new ServerStatus("follower", zxid, "3.9", "0/0/0", received, 1, 0, 5));
    }
}
