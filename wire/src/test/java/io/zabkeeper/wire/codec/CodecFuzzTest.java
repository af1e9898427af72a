package io.zabkeeper.wire.codec;

import io.zabkeeper.wire.fuzz.Campaign;
import io.zabkeeper.wire.fuzz.Pairing;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A little of what the server's FuzzTest does at length. */
class CodecFuzzTest {
    static Stream<Pairing> targets() {
        return CodecTargets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void any_bytes_are_a_record_or_refused(Pairing pairing) throws InterruptedException {
        System.out.println(new Campaign(pairing.target(), pairing.generator(), 1).run(Duration.ofSeconds(20), 200_000));
    }
}
