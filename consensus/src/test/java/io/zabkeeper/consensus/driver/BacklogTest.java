package io.zabkeeper.consensus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final int MANY = 100_001;

    private final List<String> seen = new ArrayList<>();
    private int appetite = 1;
    private final Backlog backlog = new Backlog(this::take);

    private int take(List<Entry> entries) {
        int taken = Math.min(appetite, entries.size());
        entries.subList(0, taken).forEach(entry -> seen.add(Long.toString(entry.zxid())));
        return taken;
    }

    private static List<Entry> entries(long first, int count) {
        List<Entry> entries = new ArrayList<>();
        for (long zxid = first; zxid < first + count; zxid++) {
            ProposalId id = new ProposalId(new NodeId(1), 1, zxid);
            entries.add(new Entry(zxid, zxid - 1, 0, id, new Payload(new byte[0])));
        }
        return entries;
    }

    @Test
    void what_is_told_after_a_delivery_waits_until_it_is_taken() {
        backlog.deliver(entries(1, 3));
        backlog.inOrder(() -> seen.add("serves"));
        backlog.deliver(entries(4, 1));

        backlog.goOn();
        backlog.goOn();
        backlog.goOn();

        assertThat(seen).containsExactly("1", "2", "3", "serves", "4");
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void a_machine_that_takes_everything_is_never_behind() {
        appetite = 10;

        backlog.deliver(entries(1, 3));
        backlog.inOrder(() -> seen.add("serves"));

        assertThat(seen).containsExactly("1", "2", "3", "serves");
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void one_call_offers_once_more_and_no_more_than_that() {
        backlog.deliver(entries(1, 5));

        backlog.goOn();

        assertThat(seen).containsExactly("1", "2");
        assertThat(backlog.isEmpty()).isFalse();
    }

    /** Memory has a bound; whoever delivers more has to wait for the machine. */
    @Test
    void too_much_of_it_is_worked_off_at_once() {
        appetite = 1_000;
        backlog.deliver(entries(1, MANY));
        backlog.deliver(entries(MANY + 1, 2_000));

        assertThat(seen.size()).isBetween(2_000, MANY);
    }
}
