package io.zabkeeper.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Starts that must end with a clear message and a documented exit code, and disturb nobody. */
class BadStartTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void an_unknown_key_is_refused_with_the_nearest_name() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(1, "tickTimes=2000")) {
            MemberProcess member = ensemble.member(1);

            member.start();

            assertThat(member.exitCode(SOON)).isEqualTo(2);
            assertThat(member.log()).contains("tickTimes").contains("tickTime");
        }
    }

    @Test
    void a_missing_myid_is_refused() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(3)) {
            MemberProcess member = ensemble.member(1);
            Files.delete(member.data().resolve("myid"));

            member.start();

            assertThat(member.exitCode(SOON)).isEqualTo(2);
            assertThat(member.log()).contains("myid");
        }
    }

    @Test
    void a_myid_that_is_not_in_the_list_is_refused() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(3)) {
            MemberProcess member = ensemble.member(1);
            Files.writeString(member.data().resolve("myid"), "9\n");

            member.start();

            assertThat(member.exitCode(SOON)).isEqualTo(2);
            assertThat(member.log()).contains("9");
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.configured(1);
                ServerSocket taken = new ServerSocket()) {
            MemberProcess member = ensemble.member(1);
            taken.bind(new InetSocketAddress(member.clientPort()));

            member.start();

            assertThat(member.exitCode(SOON)).isEqualTo(3);
            assertThat(member.log()).contains("client port " + member.clientPort());
        }
    }

    /** P19. */
    @Test
    void a_second_process_on_one_data_directory_is_refused_and_the_first_goes_on() throws Exception {
        try (TestEnsemble first = TestEnsemble.started(1);
                TestEnsemble second = TestEnsemble.configured(1)) {
            String config = Files.readString(second.member(1).config())
                    .replace(
                            second.member(1).data().toString(),
                            first.member(1).data().toString());
            Files.writeString(second.member(1).config(), config);

            second.member(1).start();

            assertThat(second.member(1).exitCode(SOON)).isEqualTo(3);
            assertThat(second.member(1).log()).contains(first.member(1).data().toString());
            assertThat(first.member(1).mode()).isEqualTo("standalone");
        }
    }

    /** H1: two members with one id; the newcomer stays out, the ensemble goes on. */
    @Test
    void a_process_with_the_id_of_another_is_refused() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.started(3)) {
            MemberProcess original = ensemble.member(3);
            try (TestEnsemble impostor = TestEnsemble.configured(1)) {
                MemberProcess process = impostor.member(1);
                String config = Files.readString(original.config())
                        .replace(original.data().toString(), process.data().toString())
                        .replace("clientPort=" + original.clientPort(), "clientPort=" + process.clientPort());
                Files.writeString(process.config(), config);
                Files.writeString(process.data().resolve("myid"), "3\n");

                process.start();

                assertThat(process.exitCode(SOON)).as(process.log()).isEqualTo(3);
                assertThat(process.log()).contains("peer port");
                assertThat(ensemble.members())
                        .allSatisfy(member -> assertThat(member.mode()).isNotNull());
            }
        }
    }
}
