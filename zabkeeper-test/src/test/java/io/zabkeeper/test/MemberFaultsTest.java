package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can happen to members. */
final class MemberFaultsTest {
    @RegisterExtension
    static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(3);

    private final TestEnsemble ensemble = zabkeeper.ensemble();

    @Test
    void another_member_leads_when_the_leader_is_killed(ZabClient client) {
        client.create("/before", Bytes.ofUtf8("b"));

        EnsembleMember killed = ensemble.killLeader();

        assertThat(killed.isRunning()).isFalse();
        assertThat(ensemble.leader()).isNotSameAs(killed);
        client.sync("/");
        assertThat(client.getData("/before").data()).isEqualTo(Bytes.ofUtf8("b"));
        client.create("/behind", null);
    }

    @Test
    void a_client_of_apache_survives_its_leader() throws Exception {
        EnsembleMember leader = ensemble.leader();
        try (ApacheClient client = new ApacheClient(zabkeeper.connectString());
                ApacheClient bound = new ApacheClient(leader.connectString())) {
            ensemble.kill(leader);

            bound.awaitState(KeeperState.Disconnected, 1);
            ensemble.leader();
            ensemble.restart(leader);
            bound.awaitState(KeeperState.SyncConnected, 2);
            // Followers drop their clients when they lose their leader, and this one may be on its way back.
            Await.until("the other client reads", () -> canRead(client), () -> "it cannot");
        }
    }

    private static boolean canRead(ApacheClient client) {
        try {
            return client.zookeeper().exists("/", false) != null;
        } catch (KeeperException.ConnectionLossException onItsWay) {
            return false;
        } catch (KeeperException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_member_that_starts_again_has_what_was_written_meanwhile() {
        // Neither the writer's connection nor the leader may go: a write that is under way then has no known outcome.
        EnsembleMember leader = ensemble.leader();
        ZabClient client = ensemble.client(leader);
        EnsembleMember member = ensemble.member(leader.id() == 2 ? 3 : 2);
        ensemble.kill(member);
        client.create("/meanwhile", null);

        ensemble.restart(member);

        ZabClient there = ensemble.client(member);
        there.sync("/");
        assertThat(there.exists("/meanwhile")).isPresent();
    }

    @Test
    void a_running_member_can_be_restarted() {
        EnsembleMember member = ensemble.member(3);
        ZabClient client = ensemble.client(member);

        ensemble.restart(member);

        client.sync("/");
        assertThat(member.isRunning()).isTrue();
    }

    @Test
    void too_few_members_do_not_serve_until_there_are_enough(ZabClient client) {
        ensemble.kill(ensemble.member(1));
        ensemble.kill(ensemble.member(2));
        ensemble.kill(ensemble.member(3));

        ensemble.restart(ensemble.member(3));
        assertThat(ensemble.member(3).mode()).isEqualTo(MemberMode.NOT_SERVING);
        ensemble.restart(ensemble.member(1));

        client.sync("/");
        assertThat(ensemble.member(2).mode()).isEqualTo(MemberMode.DOWN);
    }

    @Test
    void nobody_expires_without_members(ZabClient client) {
        ensemble.members().forEach(ensemble::kill);

        assertThatThrownBy(() -> ensemble.expireSession(client))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no member runs; restart one first");
    }

    @Test
    void healing_starts_what_was_killed_and_opens_what_was_isolated() throws Exception {
        ensemble.kill(ensemble.member(1));
        ensemble.isolate(ensemble.member(2));

        ensemble.healAll();

        for (EnsembleMember member : ensemble.members()) {
            try (ApacheClient client = new ApacheClient(member.connectString())) {
                client.awaitState(KeeperState.SyncConnected, 1);
            }
        }
    }

    @Test
    void members_of_others_are_refused() {
        try (TestEnsemble other = TestEnsemble.start(1)) {
            assertThatThrownBy(() -> ensemble.kill(other.member(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("member 1 belongs to another ensemble");
            assertThat(other.leader()).isSameAs(other.member(1));
        }
    }

    @Test
    void members_are_numbered_from_one() {
        assertThat(ensemble.members()).extracting(EnsembleMember::id).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> ensemble.member(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no member 4; they are 1 to 3");
    }
}
