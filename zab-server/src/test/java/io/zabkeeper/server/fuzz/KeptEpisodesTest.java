package io.zabkeeper.server.fuzz;

import io.zabkeeper.server.peer.PeerTargets;
import io.zabkeeper.wire.fuzz.Campaign;
import io.zabkeeper.wire.fuzz.Pairing;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Episodes of {@link FuzzTest} that once failed. What one of them holds depends on its generator, which must not change under it. */
class KeptEpisodesTest {
    /** 20261127, 7819: a stream that came byte by byte cost more for its pieces than the harness had allowed for. */
    @ParameterizedTest
    @CsvSource("peer-codec.links, 20261127, 7819")
    void passes(String target, long seed, long episode) throws InterruptedException {
        List<Pairing> family = PeerTargets.all();
        Pairing kept = family.stream()
                .filter(pairing -> pairing.target().name().equals(target))
                .findFirst()
                .orElseThrow();
        new Campaign(kept.target(), kept.generator(), seed).replay(episode);
    }
}
