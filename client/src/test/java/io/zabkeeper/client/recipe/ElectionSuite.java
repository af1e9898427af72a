package io.zabkeeper.client.recipe;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One leads, all know who, and a leader that may have lost is the first to learn it. */
abstract class ElectionSuite extends RecipeSuite {
    private static final String PATH = "/election";

    private final List<LeaderElection> elections = new ArrayList<>();

    /** What a candidate is told, in order. */
    private static final class Diary implements LeadershipListener {
        private final List<String> entries = new CopyOnWriteArrayList<>();

        @Override
        public void elected(Grant leadership) {
            entries.add("elected");
        }

        @Override
        public void doubted(String reason) {
            entries.add("doubted");
        }

        @Override
        public void confirmed() {
            entries.add("confirmed");
        }

        @Override
        public void deposed(String reason) {
            entries.add("deposed");
        }

        @Override
        public void ended(String reason) {
            entries.add("ended");
        }
    }

    @AfterEach
    void closeElections() {
        elections.forEach(LeaderElection::close);
    }

    private LeaderElection join(ZabClient client, String id, LeadershipListener listener) {
        LeaderElection election = LeaderElection.join(client, PATH, id, listener);
        elections.add(election);
        return election;
    }

    /** Candidates a, b, c, d in line, in this order. */
    private List<LeaderElection> four(ZabClient client) {
        for (String id : List.of("a", "b", "c", "d")) {
            join(client, id, new Diary());
            int expected = elections.size();
            Eventually.until(id + " is in line", () -> ids().size() == expected);
        }
        Eventually.until("a leads", elections.get(0)::isLeader);
        return elections;
    }

    private List<String> ids() {
        return elections.get(0).candidates().join().stream()
                .map(Candidate::label)
                .toList();
    }

    @Test
    void the_first_one_leads_and_the_next_one_follows_it() {
        ZabClient client = client();
        List<LeaderElection> all = four(client);

        assertThat(ids()).containsExactly("a", "b", "c", "d");
        all.get(0).close();
        Eventually.until("b leads", all.get(1)::isLeader);

        assertThat(all.get(0).isLeader()).isFalse();
        Eventually.until("a has left", () -> ids().equals(List.of("b", "c", "d")));
    }

    @Test
    void one_that_resigns_stands_in_line_again() {
        ZabClient client = client();
        Diary diary = new Diary();
        LeaderElection first = join(client, "a", diary);
        Eventually.until("a leads", first::isLeader);
        LeaderElection second = join(client, "b", new Diary());
        Eventually.until("b is in line", () -> ids().size() == 2);
        long token = first.leadership().orElseThrow().fencingToken();

        assertThat(first.resign()).succeedsWithin(Eventually.SOON);
        Eventually.until("b leads", second::isLeader);
        Eventually.until("a is behind b", () -> ids().equals(List.of("b", "a")));
        assertThat(second.resign()).succeedsWithin(Eventually.SOON);
        Eventually.until("a leads again", first::isLeader);
        Eventually.until("it is told", () -> diary.entries.size() >= 3);

        assertThat(diary.entries).containsExactly("elected", "deposed", "elected");
        assertThat(first.leadership().orElseThrow().fencingToken()).isGreaterThan(token);
    }

    @Test
    void the_leadership_can_be_given_to_somebody() {
        ZabClient client = client();
        List<LeaderElection> all = four(client);
        Candidate heir = all.get(0).candidates().join().get(2);

        assertThat(all.get(0).transferTo(heir)).succeedsWithin(Eventually.SOON);
        Eventually.until("c leads", all.get(2)::isLeader);
        Eventually.until("all stand in line again", () -> ids().size() == 4);

        assertThat(ids()).startsWith("c", "d").contains("a", "b");
        assertThat(all.get(0).isLeader()).isFalse();
        assertThat(all.get(1).isLeader()).isFalse();
    }

    @Test
    void the_leadership_stays_when_the_heir_has_left() {
        ZabClient client = client();
        List<LeaderElection> all = four(client);
        Candidate heir = all.get(0).candidates().join().get(2);
        all.get(2).close();
        Eventually.until("c has left", () -> ids().size() == 3);

        assertThat(all.get(0).transferTo(heir)).failsWithin(Eventually.SOON);
        assertThatThrownBy(() -> all.get(1).transferTo(heir).join()).hasMessageContaining("does not lead");

        assertThat(all.get(0).isLeader()).isTrue();
        assertThat(ids()).containsExactly("a", "b", "d");
    }

    @Test
    void a_leader_without_a_connection_is_in_doubt_and_leads_on_behind_it() throws IOException {
        Diary diary = new Diary();
        LeaderElection election = join(relayed(), "a", diary);
        Eventually.until("a leads", election::isLeader);

        relay.refuse(true);
        Eventually.until("in doubt", () -> diary.entries.contains("doubted"));
        assertThat(election.isLeader()).isFalse();
        relay.refuse(false);
        Eventually.until("leads", election::isLeader);
        Eventually.until("it is told", () -> diary.entries.contains("confirmed"));

        assertThat(diary.entries).containsExactly("elected", "doubted", "confirmed");
    }

    /** As in CURATOR-620, CURATOR-653 and CURATOR-696, where one led on with the znode of a session that had expired. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_leader_whose_session_expires_is_deposed_before_it_is_told_that_all_is_over() throws IOException {
        Diary diary = new Diary();
        LeaderElection election = join(open(builder(relay.hosts()).sessionTimeout(Duration.ofSeconds(3))), "a", diary);
        Eventually.until("a leads", election::isLeader);
        LeaderElection next = join(clientOf(2), "b", new Diary());

        relay.refuse(true);
        Eventually.until("b leads", next::isLeader);
        assertThat(election.isLeader()).isFalse();
        relay.refuse(false);
        Eventually.until("ended", () -> diary.entries.contains("ended"));

        assertThat(diary.entries).containsExactly("elected", "doubted", "deposed", "ended");
    }

    /** As in CURATOR-689 and CURATOR-696, where resets left several znodes of one latch behind. */
    @Test
    void each_candidate_has_one_znode_however_often_it_resigns_and_its_znode_is_deleted() {
        ZabClient client = client();
        List<LeaderElection> all = four(client);
        for (int round = 0; round < 10; round++) {
            all.forEach(LeaderElection::resign);
            for (Candidate candidate : all.get(0).candidates().join()) {
                client.deleteAsync(candidate.path(), ANY_VERSION)
                        .exceptionally(gone -> null)
                        .join();
            }
        }

        Eventually.until(
                "one leads", () -> all.stream().filter(LeaderElection::isLeader).count() == 1);
        Eventually.until(
                "one znode each", () -> ids().stream().sorted().toList().equals(List.of("a", "b", "c", "d")));
    }
}
