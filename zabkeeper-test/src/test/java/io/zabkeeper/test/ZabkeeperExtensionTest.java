package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.CreateOptions;
import io.zabkeeper.client.ZabClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Test classes that use the extension are run, and what they noted is looked at. */
final class ZabkeeperExtensionTest {
    private static final List<TestEnsemble> ENSEMBLES = new ArrayList<>();
    private static final List<ZabClient> CLIENTS = new ArrayList<>();

    @BeforeEach
    void forget() {
        ENSEMBLES.clear();
        CLIENTS.clear();
    }

    @Test
    void a_static_field_is_one_ensemble_for_the_class() {
        assertThat(run(OneForAll.class).getTestsSucceededCount()).isEqualTo(3);

        assertThat(ENSEMBLES).hasSize(3);
        assertThat(ENSEMBLES.stream().distinct()).hasSize(1);
        assertEnded();
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static final class OneForAll {
        @RegisterExtension
        static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(1);

        @BeforeAll
        static void prepare(ZabClient client) {
            CLIENTS.add(client);
            client.create("/prepared", null);
        }

        @Test
        @Order(1)
        void leaves_faults_behind(TestEnsemble ensemble, ZabClient client) {
            ENSEMBLES.add(ensemble);
            CLIENTS.add(client);
            client.create("/left", null);
            ensemble.isolate(ensemble.member(1));
            ensemble.delay(ensemble.member(1), Duration.ofHours(1));
            ensemble.killLeader();
        }

        @Test
        @Order(2)
        void finds_znodes_but_no_faults(TestEnsemble ensemble, ZabClient client) {
            ENSEMBLES.add(ensemble);
            CLIENTS.add(client);
            assertThat(client.exists("/prepared")).isPresent();
            assertThat(client.exists("/left")).isPresent();
        }

        @Nested
        final class Inside {
            @Test
            void has_the_same_ensemble(ZabClient client) {
                ENSEMBLES.add(zabkeeper.ensemble());
                CLIENTS.add(client);
                assertThat(client.exists("/left")).isPresent();
            }
        }
    }

    @Test
    void an_instance_field_is_one_ensemble_for_each_test() {
        assertThat(run(OneForEach.class).getTestsSucceededCount()).isEqualTo(2);

        assertThat(ENSEMBLES).hasSize(2).doesNotHaveDuplicates();
        assertEnded();
    }

    static final class OneForEach {
        @RegisterExtension
        final ZabkeeperExtension zabkeeper =
                ZabkeeperExtension.members(1).withSetting("tickTime", "50").withSetting("zab.maxPathLevels", "1");

        @BeforeEach
        void connect(ZabClient client) {
            CLIENTS.add(client);
            client.create("/e", null, CreateOptions.EPHEMERAL);
        }

        @Test
        void has_one_client(ZabClient client) {
            note(client);
        }

        @Test
        void has_another_client(ZabClient client) {
            note(client);
        }

        private void note(ZabClient client) {
            ENSEMBLES.add(zabkeeper.ensemble());
            assertThat(CLIENTS.get(CLIENTS.size() - 1)).isSameAs(client);
            assertThat(client.exists("/e").orElseThrow().ephemeralOwner()).isEqualTo(client.sessionId());
            assertThatThrownBy(() -> client.create("/e/f", null)).hasMessageContaining("/e/f");
        }
    }

    @Test
    void a_failing_test_ends_its_ensemble_too() {
        assertThat(run(Failing.class).getTestsFailedCount()).isEqualTo(1);

        assertThat(ENSEMBLES).hasSize(1);
        assertEnded();
    }

    static final class Failing {
        @RegisterExtension
        final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(1);

        @Test
        void fails(TestEnsemble ensemble, ZabClient client) {
            ENSEMBLES.add(ensemble);
            CLIENTS.add(client);
            throw new AssertionError("as it should");
        }
    }

    @Test
    void there_is_no_ensemble_outside_of_tests() {
        assertThatThrownBy(() -> ZabkeeperExtension.members(1).connectString())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs @RegisterExtension");
    }

    private static TestExecutionSummary run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    private static void assertEnded() {
        assertThat(CLIENTS).isNotEmpty().allMatch(client -> client.state() == ConnectionState.LOST);
        assertThat(ENSEMBLES)
                .allSatisfy(ensemble -> assertThat(ensemble.members()).noneMatch(EnsembleMember::isRunning));
    }
}
