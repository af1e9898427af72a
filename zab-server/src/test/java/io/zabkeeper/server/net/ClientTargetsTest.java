package io.zabkeeper.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zabkeeper.server.fuzz.Complaints;
import io.zabkeeper.server.fuzz.CountingAllocator;
import io.zabkeeper.wire.fuzz.Campaign;
import io.zabkeeper.wire.fuzz.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whether the campaigns get anywhere, and whether they would notice. */
class ClientTargetsTest {
    private static final int RUOK = 0x72756f6b;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Inputs that fail at the handshake test the handshake only. */
    @Test
    void most_conversations_get_as_far_as_the_tree() {
        EmbeddedMember member =
                new EmbeddedMember(new CountingAllocator(), new ClientTargets.CannedWords(new CountingAllocator()));
        ClientTargets.Conversations conversations = new ClientTargets.Conversations();
        SplittableRandom random = new SplittableRandom(3);
        TreeMap<Integer, Integer> errors = new TreeMap<>();
        int sessions = 0;
        for (int i = 0; i < 2_000; i++) {
            EmbeddedMember.Client client = member.connect();
            client.sendInPieces(conversations.next(random));
            ByteBuffer answers = ByteBuffer.wrap(client.answers());
            if (answers.remaining() >= 40 && answers.getInt(0) <= 37) {
                sessions++;
                answers.position(Integer.BYTES + answers.getInt(0));
                while (answers.remaining() >= 20) {
                    int next = answers.position() + Integer.BYTES + answers.getInt(answers.position());
                    errors.merge(answers.getInt(answers.position() + 16), 1, Integer::sum);
                    answers.position(next);
                }
            }
            client.close();
        }

        assertThat(sessions).isGreaterThan(1_200);
        assertThat(errors.get(0)).as("done, of %s", errors).isGreaterThan(1_000);
        assertThat(errors.get(-5)).as("not decoded, of %s", errors).isGreaterThan(100);
        assertThat(errors.keySet()).as("no node, no right, wrong version").contains(-101, -103, -110);
    }

    @Test
    void a_buffer_that_is_left_behind_is_found() {
        Finding finding = finding(allocator -> new Ruok(() -> allocator.buffer(1)));

        assertThat(finding).hasMessageContaining("buffers that are left behind");
        assertThat(finding.inputs()).hasSize(1);
        assertThat(finding.inputs().get(0)).containsExactly("ruok".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void memory_out_of_proportion_is_found() {
        byte[][] kept = new byte[1][];

        Finding finding = finding(allocator -> new Ruok(() -> kept[0] = new byte[4 << 20]));

        assertThat(finding).hasMessageContaining("bytes allocated for an input of");
    }

    @Test
    void an_error_that_only_ends_the_connection_is_found() {
        Finding finding = finding(allocator -> new Ruok(() -> {
            throw new IllegalStateException("planted");
        }));

        assertThat(finding).hasStackTraceContaining("planted");
    }

    private static Finding finding(Function<CountingAllocator, AdminWords> words) {
        try (Complaints complaints = new Complaints()) {
            assertThat(complaints).isNotNull();
            Campaign campaign =
                    new Campaign(new ClientTargets.Connections("planted", words), new ClientTargets.WordInputs(), 1);
            return catchThrowableOfType(Finding.class, () -> campaign.run(MINUTE, 100_000));
        }
    }

    /** One word only, with something wrong about it. */
    private record Ruok(Runnable fault) implements AdminWords {
        @Override
        public int argumentSize(int firstBytes) {
            return firstBytes == RUOK ? 0 : -1;
        }

        @Override
        public void answer(int firstBytes, long argument, Consumer<String> answer) {
            fault.run();
            answer.accept("imok");
        }
    }
}
