package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OwnReadOnlyTest extends ReadOnlySuite {
    @TempDir
    static Path directory;

    private static TestEnsemble ensemble;
    private static OwnServer whole;

    @BeforeAll
    static void start() throws IOException {
        whole = OwnServer.start(directory);
        ensemble = TestEnsemble.started(3, "tickTime=500", "readonlymode.enabled=true", "forceSync=no");
        try (ZabClient client = ZabClient.connect(ensemble.member(1).address())) {
            client.create("/known", null); // A member that knows nothing at all serves nobody.
        }
        ensemble.member(2).kill();
        ensemble.member(3).kill();
        Eventually.until("reads are served", () -> says(ensemble.member(1), "ro"));
        try (ZabClient client = ZabClient.connect(whole.hosts())) {
            for (int i = 0; i < 50; i++) { // To have seen more than the other one, which its sessions have seen.
                client.create("/seen-" + i, null);
            }
        }
    }

    private static boolean says(MemberProcess member, String answer) {
        try {
            return member.ask("isro").equals(answer);
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        ensemble.close();
        whole.close();
    }

    /** Last: behind an election the member has seen more than the server to which the others move. */
    @Test
    @Order(Integer.MAX_VALUE)
    void goes_on_at_the_same_member_when_that_has_a_quorum_again() throws IOException {
        ZabClient client = readOnly(cutOff());

        ensemble.member(2).start();

        awaitConnected();
        assertThat(states)
                .containsExactly(ConnectionState.READ_ONLY, ConnectionState.SUSPENDED, ConnectionState.CONNECTED);
        client.create("/back", null);
    }

    @Test
    void keeps_a_session_that_the_ensemble_has_given_out() throws IOException {
        ZabClient client = readOnly(cutOff() + "," + relay.hosts());
        awaitConnected();
        long id = client.sessionId();
        states.clear();

        relay.refuse(true);
        int refused = relay.accepted() + 2;
        Eventually.until("both were tried, again and again", () -> relay.accepted() > refused);
        relay.refuse(false);

        awaitConnected();
        assertThat(client.sessionId()).isEqualTo(id);
        assertThat(states).containsExactly(ConnectionState.SUSPENDED, ConnectionState.CONNECTED);
    }

    @Override
    String cutOff() {
        return ensemble.member(1).address();
    }

    @Override
    String whole() {
        return whole.hosts();
    }
}
