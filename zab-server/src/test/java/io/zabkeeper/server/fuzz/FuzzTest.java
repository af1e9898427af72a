package io.zabkeeper.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zabkeeper.server.peer.PeerTargets;
import io.zabkeeper.server.tree.TreeTargets;
import io.zabkeeper.wire.codec.CodecTargets;
import io.zabkeeper.wire.fuzz.Campaign;
import io.zabkeeper.wire.fuzz.Pairing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/**
 * Any bytes at every door: no exception but the promised one, no hang, no leak, no allocation beyond what came in.
 *
 * <p>Each family has {@code fuzz.seconds}, two of them at a time, each on a thread of its own: 60 where {@code CI} is
 * {@code true}, otherwise 5. {@code fuzz.seed} chooses the inputs, {@code fuzz.target} leaves everything else out,
 * {@code fuzz.inputs} bounds their number, and {@code fuzz.episode} replays one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final int AT_A_TIME = 2;
    private static final long SECONDS = Long.getLong("fuzz.seconds", "true".equals(System.getenv("CI")) ? 60 : 5);
    private static final long SEED = Long.getLong("fuzz.seed", 20261126);
    private static final long INPUTS = Long.getLong("fuzz.inputs", Long.MAX_VALUE);
    private static final String ONLY = System.getProperty("fuzz.target", "");

    /** Who refuses says so, a hundred thousand times a second. */
    private final Logger log = (Logger) LoggerFactory.getLogger("io.zabkeeper.server");

    private final ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    private Future<List<Campaign.Report>> clients;
    private Future<List<Campaign.Report>> peers;

    @BeforeAll
    void start() {
        log.setLevel(Level.OFF);
        List<Pairing> ofClients = new ArrayList<>(CodecTargets.all());
        ofClients.addAll(TreeTargets.all());
        clients = pool.submit(() -> campaigns(ofClients));
        peers = pool.submit(() -> campaigns(PeerTargets.all()));
    }

    @AfterAll
    void stop() {
        pool.shutdownNow();
        log.setLevel(null);
    }

    @Test
    void what_clients_send_is_a_request_or_refused() throws Exception {
        survived(clients);
    }

    @Test
    void what_peers_send_is_a_message_or_ends_the_link() throws Exception {
        survived(peers);
    }

    private static void survived(Future<List<Campaign.Report>> family) throws Exception {
        try {
            for (Campaign.Report report : family.get()) {
                System.out.println(report);
                assertThat(report.inputs()).as(report.target()).isPositive();
            }
        } catch (ExecutionException found) {
            if (found.getCause() instanceof AssertionError finding) {
                throw finding;
            }
            throw found;
        }
    }

    /** One target after the other, each with its share of the family's time. */
    private static List<Campaign.Report> campaigns(List<Pairing> family) throws InterruptedException {
        List<Pairing> chosen = family.stream()
                .filter(pairing -> pairing.target().name().startsWith(ONLY))
                .toList();
        List<Campaign.Report> reports = new ArrayList<>();
        for (Pairing pairing : chosen) {
            Campaign campaign = new Campaign(pairing.target(), pairing.generator(), SEED);
            Long episode = Long.getLong("fuzz.episode");
            if (episode != null) {
                campaign.replay(episode);
            } else {
                Duration share = Duration.ofSeconds(SECONDS).dividedBy(chosen.size());
                reports.add(campaign.run(share, INPUTS));
            }
        }
        return reports;
    }
}
