package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.MS;
import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.TWO;
import static io.zabkeeper.consensus.zab.Rig.image;
import static io.zabkeeper.consensus.zab.Rig.voter;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.zab.ZabMessage.Notification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-1 to F-16 at member 2 of {1, 2, 3}. */
final class LookingTest {
    private final ZabCore core = new ZabCore(TWO, ZabConfig.DEFAULT, 42);
    private long lastNonce;
    private long nonces = 1L << 40;

    private List<Effect> step(Event event) {
        List<Effect> effects = core.step(event);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send && send.message() instanceof Notification notification) {
                lastNonce = notification.nonce();
            }
        }
        return effects;
    }

    private void boot(HardState state) {
        step(new Event.Boot(image(state, List.of())));
        step(new Event.Tick(0));
        step(new Event.LinkChanged(ONE, 1, true));
        step(new Event.LinkChanged(THREE, 1, true));
    }

    private void tick(long millis) {
        step(new Event.Tick(millis * MS));
    }

    private void looker(NodeId from, Vote vote, NodeSet heard, boolean hearsUs) {
        notify(from, Role.LOOKING, 1, vote, heard, hearsUs, true, false);
    }

    private void notify(
            NodeId from,
            Role role,
            long round,
            Vote vote,
            NodeSet heard,
            boolean hearsUs,
            boolean voting,
            boolean serving) {
        long echo = hearsUs ? lastNonce : 0;
        step(new Event.Receive(
                from,
                1,
                new Notification(
                        role, round, new Vote(from, 4, 0), vote, heard, ++nonces, echo, voting, false, serving)));
    }

    private static Vote vote(NodeId leader) {
        return new Vote(leader, 4, 0);
    }

    private NodeId chosen() {
        return core.status().leader();
    }

    @Test
    void follows_the_best_candidate_as_soon_as_everybody_in_reach_agrees() {
        boot(voter(4, THREE, 4));

        looker(THREE, vote(THREE), NodeSet.of(ONE, TWO), true);
        assertThat(chosen()).isEqualTo(NodeId.NONE);
        looker(ONE, vote(THREE), NodeSet.of(TWO, THREE), true);

        assertThat(chosen()).isEqualTo(THREE);
    }

    /** F-5. */
    @Test
    void decides_after_a_wait_when_somebody_in_reach_does_not_answer() {
        boot(voter(4, THREE, 4));
        looker(THREE, vote(THREE), NodeSet.of(ONE, TWO), true);

        tick(100);
        assertThat(chosen()).isEqualTo(NodeId.NONE);
        tick(250);

        assertThat(chosen()).isEqualTo(THREE);
    }

    @Test
    void does_not_wait_for_a_voter_whose_link_is_down() {
        boot(voter(4, THREE, 4));
        step(new Event.LinkChanged(ONE, 1, false));

        looker(THREE, vote(THREE), NodeSet.of(TWO), true);

        assertThat(chosen()).isEqualTo(THREE);
    }

    /** F-13: it can send but not receive. */
    @Test
    void does_not_vote_for_a_candidate_that_does_not_hear_us() {
        boot(voter(4, THREE, 4));
        looker(THREE, vote(THREE), NodeSet.of(ONE), false);
        looker(ONE, vote(TWO), NodeSet.of(TWO), true);
        tick(250);

        assertThat(chosen()).isEqualTo(TWO);
    }

    /** F-13. */
    @Test
    void does_not_vote_for_a_candidate_that_hears_no_quorum() {
        boot(voter(4, THREE, 4));
        looker(THREE, Vote.NOBODY, NodeSet.EMPTY, true);
        looker(ONE, vote(TWO), NodeSet.of(TWO, THREE), true);
        tick(250);

        assertThat(chosen()).isEqualTo(TWO);
    }

    /** F-12, R-18. */
    @Test
    void a_member_that_may_not_vote_is_neither_counted_nor_chosen() {
        boot(voter(4, THREE, 4));
        notify(THREE, Role.LOOKING, 1, vote(TWO), NodeSet.of(ONE, TWO), true, false, false);
        tick(1_000);

        assertThat(chosen()).isEqualTo(NodeId.NONE);
    }

    /** F-3. */
    @Test
    void takes_over_a_later_round() {
        boot(voter(4, THREE, 4));
        notify(THREE, Role.LOOKING, 9, vote(THREE), NodeSet.of(ONE, TWO), true, true, false);
        looker(ONE, vote(THREE), NodeSet.of(TWO, THREE), true);
        assertThat(chosen()).as("a vote of round 1 does not count in round 9").isEqualTo(NodeId.NONE);

        notify(ONE, Role.LOOKING, 9, vote(THREE), NodeSet.of(TWO, THREE), true, true, false);

        assertThat(chosen()).isEqualTo(THREE);
    }

    /** F-7, ZK-1732. */
    @Test
    void joins_an_established_leader_that_answers() {
        boot(voter(4, THREE, 4));

        notify(ONE, Role.LEADING, 7, new Vote(ONE, 6, 0), NodeSet.EMPTY, true, true, true);

        assertThat(chosen()).isEqualTo(ONE);
    }

    /** F-8, ZK-131, ZK-569. */
    @Test
    void does_not_join_a_leader_that_only_others_speak_of() {
        boot(voter(4, THREE, 4));
        step(new Event.LinkChanged(THREE, 1, false));

        notify(ONE, Role.FOLLOWING, 1, new Vote(THREE, 5, 0), NodeSet.EMPTY, true, true, false);
        tick(1_000);

        assertThat(chosen()).isEqualTo(NodeId.NONE);
    }

    /** a blank disk follows, and forms only when everybody is as blank. */
    @Test
    void a_blank_member_votes_when_all_say_that_they_have_no_history() {
        boot(HardState.INITIAL);
        blank(THREE);
        assertThat(core.status().voting()).isFalse();
        blank(ONE);

        assertThat(core.status().voting()).isTrue();
    }

    @Test
    void a_statement_from_before_its_boot_does_not_count() {
        boot(HardState.INITIAL);
        lastNonce = 3L << 32; // Drawn in another life.
        blank(THREE);
        lastNonce = 3L << 32;
        blank(ONE);

        assertThat(core.status().voting()).isFalse();
    }

    private void blank(NodeId from) {
        step(new Event.Receive(
                from,
                1,
                new Notification(
                        Role.LOOKING,
                        1,
                        new Vote(from, 0, 0),
                        Vote.NOBODY,
                        NodeSet.EMPTY,
                        ++nonces,
                        lastNonce,
                        false,
                        true,
                        false)));
    }

    /** F-6. */
    @Test
    void answers_those_that_look_while_it_follows() {
        boot(voter(4, THREE, 4));
        notify(THREE, Role.LEADING, 7, new Vote(THREE, 6, 0), NodeSet.EMPTY, true, true, true);
        long nonce = ++nonces;

        List<Effect> effects = step(new Event.Receive(
                ONE,
                1,
                new Notification(Role.LOOKING, 1, vote(ONE), vote(ONE), NodeSet.EMPTY, nonce, 0, true, false, false)));

        assertThat(effects)
                .containsExactly(new Effect.Send(
                        ONE,
                        new Notification(
                                Role.FOLLOWING,
                                7,
                                vote(TWO),
                                new Vote(THREE, 6, 0),
                                NodeSet.EMPTY,
                                lastNonce,
                                nonce,
                                true,
                                false,
                                false),
                        0));
    }

    /** F-14. */
    @Test
    void turns_to_another_candidate_after_one_that_did_not_answer() {
        boot(voter(4, THREE, 4));
        step(new Event.LinkChanged(ONE, 1, false));
        looker(THREE, vote(THREE), NodeSet.of(TWO), true);
        assertThat(chosen()).isEqualTo(THREE);

        tick(1_600);
        assertThat(chosen()).isEqualTo(NodeId.NONE);
        notify(THREE, Role.LOOKING, 2, vote(TWO), NodeSet.of(TWO), true, true, false);

        assertThat(chosen()).isEqualTo(TWO);
    }
}
