package io.zabkeeper.server.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.zookeeper.StatsTrack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §8, against the class of Apache ZooKeeper that does the same. */
class QuotaTextTest {
    private static final List<String> PARTS = List.of(
            "count",
            "bytes",
            "countHardLimit",
            "byteHardLimit",
            "x",
            "=",
            "=",
            "=",
            ",",
            ",",
            ";",
            ";",
            "5",
            "12",
            "-1",
            "-7",
            "+3",
            "0",
            " ",
            "9223372036854775807",
            "9223372036854775808",
            "a");

    @Test
    void reads_what_the_reference_reads_and_writes_what_it_writes() {
        Random random = new Random(42);
        int readable = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);
            StatsTrack reference;
            try {
                reference = new StatsTrack(text);
            } catch (RuntimeException unreadable) {
                assertThat(QuotaText.parse(text.getBytes(UTF_8))).as(text).isNull();
                continue;
            }
            readable++;
            QuotaText ours = QuotaText.parse(text.getBytes(UTF_8));
            assertThat(ours).as(text).isNotNull();
            Objects.requireNonNull(ours);
            assertThat(new String(ours.encoded(), UTF_8)).as(text).isEqualTo(reference.toString());
            assertThat(ours.get(QuotaText.HARD_COUNT)).as(text).isEqualTo(reference.getCountHardLimit());
            assertThat(ours.get(QuotaText.HARD_BYTES)).as(text).isEqualTo(reference.getByteHardLimit());
        }
        assertThat(readable).isGreaterThan(20_000);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(4); parts >= 0; parts--) {
            if (random.nextInt(3) > 0) {
                text.append(pick(random))
                        .append('=')
                        .append(random.nextInt(100))
                        .append(random.nextBoolean() ? "," : ";");
            } else {
                text.append(pick(random));
            }
        }
        return text.toString();
    }

    private static String pick(Random random) {
        return PARTS.get(random.nextInt(PARTS.size()));
    }

    @Test
    void no_data_is_no_limit() {
        assertThat(parsed(null).get(QuotaText.COUNT)).isEqualTo(-1);
        assertThat(parsed(new byte[0]).get(QuotaText.BYTES)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "count=", "count=1e3", "=", "count=5,bytes", "\0\0", "count=99999999999999999999"})
    void refuses_junk(String text) {
        assertThat(QuotaText.parse(text.getBytes(UTF_8))).isNull();
    }

    @Test
    void refuses_what_would_be_expensive_to_write_again_and_again() {
        assertThat(QuotaText.parse("a=1,".repeat(300).getBytes(UTF_8))).isNull();
    }

    @Test
    void adds_and_keeps_what_it_does_not_know() {
        QuotaText text = parsed("count=3,bytes=20=;z=1;a=2".getBytes(UTF_8));

        assertThat(new String(text.plus(-1, 5).encoded(), UTF_8)).isEqualTo("count=2,bytes=25=;a=2;z=1");
        assertThat(new String(text.encoded(), UTF_8)).isEqualTo("count=3,bytes=20=;a=2;z=1");
    }

    private static QuotaText parsed(byte @Nullable [] data) {
        return Objects.requireNonNull(QuotaText.parse(data));
    }
}
