package io.zabkeeper.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.admin.Word;
import io.zabkeeper.server.admin.http.HttpTargets;
import io.zabkeeper.server.config.ConfigTargets;
import io.zabkeeper.server.ensemble.FreePorts;
import io.zabkeeper.server.log.LogTargets;
import io.zabkeeper.server.net.ClientTargets;
import io.zabkeeper.server.peer.PeerTargets;
import io.zabkeeper.server.tree.TreeTargets;
import io.zabkeeper.wire.codec.CodecTargets;
import io.zabkeeper.wire.fuzz.Campaign;
import io.zabkeeper.wire.fuzz.Generator;
import io.zabkeeper.wire.fuzz.Pairing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Any bytes at every door: no exception but the promised one, no hang, no leak, no allocation beyond what came in.
 *
 * <p>Each family has {@code fuzz.seconds}, three of them at a time, each on a thread of its own: 60 where {@code CI} is
 * {@code true}, otherwise 5. {@code fuzz.seed} chooses the inputs, {@code fuzz.target} leaves everything else out,
 * {@code fuzz.inputs} bounds their number, and {@code fuzz.episode} replays one.
 */
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final int AT_A_TIME = 3;
    private static final long SECONDS = Long.getLong("fuzz.seconds", "true".equals(System.getenv("CI")) ? 60 : 5);

    /** Episodes that the loading of classes may cut short, in a campaign of a few. */
    private static final int FEW = 3;

    private static final long SEED = Long.getLong("fuzz.seed", 20261126);
    private static final long INPUTS = Long.getLong("fuzz.inputs", Long.MAX_VALUE);
    private static final String ONLY = System.getProperty("fuzz.target", "");

    private final Complaints complaints = new Complaints();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    private Future<List<Campaign.Report>> clients;
    private Future<List<Campaign.Report>> words;
    private Future<List<Campaign.Report>> peers;
    private Future<List<Campaign.Report>> operators;
    private Future<List<Campaign.Report>> files;

    @BeforeAll
    void start() {
        clients = pool.submit(this::fuzzClients);
        peers = pool.submit(() -> campaigns(PeerTargets.all()));
        words = pool.submit(this::fuzzWords);
        operators = pool.submit(FuzzTest::fuzzOperators);
        files = pool.submit(FuzzTest::fuzzFiles);
    }

    @AfterAll
    void stop() {
        pool.shutdownNow();
        complaints.close();
    }

    @Test
    void what_clients_send_is_a_request_or_refused() throws Exception {
        survived(clients);
    }

    @Test
    void what_begins_with_four_bytes_is_a_word_or_a_frame() throws Exception {
        survived(words);
    }

    @Test
    void what_peers_send_is_a_message_or_ends_the_link() throws Exception {
        survived(peers);
    }

    @Test
    void what_operators_send_is_a_request_of_http_or_refused() throws Exception {
        survived(operators);
    }

    @Test
    void what_the_disk_holds_is_a_record_or_damage() throws Exception {
        survived(files);
    }

    private static void survived(Future<List<Campaign.Report>> family) throws Exception {
        try {
            for (Campaign.Report report : family.get()) {
                System.out.println(report);
                assertThat(report.inputs()).as(report.target()).isPositive();
                assertThat(report.brokenOff())
                        .as(report.target() + ": episodes not to their end")
                        .isLessThanOrEqualTo(Math.max(FEW, report.episodes() / 100));
            }
        } catch (ExecutionException found) {
            if (found.getCause() instanceof AssertionError finding) {
                throw finding;
            }
            throw found;
        }
        Complaints.rethrow();
    }

    private List<Campaign.Report> fuzzClients() throws Exception {
        try (SocketMember member = new SocketMember()) {
            List<Pairing> family = new ArrayList<>(CodecTargets.all());
            family.addAll(TreeTargets.all());
            family.addAll(ClientTargets.conversations());
            family.add(overSockets("client-port.sockets", member, ClientTargets.conversations()));
            return campaigns(family);
        }
    }

    private List<Campaign.Report> fuzzWords() throws Exception {
        try (SocketMember member = new SocketMember()) {
            List<Pairing> family = new ArrayList<>(ClientTargets.words());
            family.add(overSockets("four-letter-words.sockets", member, ClientTargets.words()));
            return campaigns(family);
        }
    }

    private static List<Campaign.Report> fuzzOperators() throws Exception {
        int commands = FreePorts.one();
        int metrics = FreePorts.one();
        try (SocketMember member = new SocketMember(
                "admin.serverPort=" + commands,
                "metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider",
                "metricsProvider.httpHost=127.0.0.1",
                "metricsProvider.httpPort=" + metrics)) {
            return campaigns(List.of(
                    new Pairing(HttpTargets.connections(), HttpTargets.requests()),
                    new Pairing(
                            new SocketTarget("admin.sockets", member, commands, input -> false),
                            HttpTargets.requests()),
                    new Pairing(
                            new SocketTarget("admin.prometheus", member, metrics, input -> false),
                            HttpTargets.requests())));
        }
    }

    private static List<Campaign.Report> fuzzFiles() throws InterruptedException {
        List<Pairing> family = new ArrayList<>(LogTargets.all());
        family.addAll(ConfigTargets.all());
        return campaigns(family);
    }

    private static Pairing overSockets(String name, SocketMember member, List<Pairing> inputs) {
        Generator generator = inputs.get(0).generator();
        return new Pairing(new SocketTarget(name, member, member.clientPort(), FuzzTest::isWord), generator);
    }

    /** Whether these bytes must be answered, even though whoever sent them has closed its half; hash may say nothing. */
    private static boolean isWord(byte[] input) {
        if (input.length < Integer.BYTES) {
            return false;
        }
        Word word = Word.of(ByteBuffer.wrap(input).getInt());
        return word != null && word != Word.HASH && (word != Word.STMK || input.length >= 12);
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
