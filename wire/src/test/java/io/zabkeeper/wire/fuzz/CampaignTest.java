package io.zabkeeper.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zabkeeper.wire.codec.CodecTargets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A campaign that finds nothing is worth something only when it would find what is there. */
class CampaignTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Generator NOISE = random -> {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    };

    private static Finding finding(Target target) {
        return finding(target, Duration.ofSeconds(30));
    }

    private static Finding finding(Target target, Duration hang) {
        Campaign campaign = new Campaign(target, NOISE, 7, hang);
        return catchThrowableOfType(Finding.class, () -> campaign.run(MINUTE, 1_000_000));
    }

    @Test
    void finds_an_exception_and_the_shortest_input_for_it() {
        Finding finding = finding(new Planted() {
            @Override
            public void accept(byte[] input) {
                if (contains(input, (byte) 0x42) && contains(input, (byte) 0x17)) {
                    throw new IllegalStateException("planted");
                }
            }
        });

        assertThat(finding).hasMessageContaining("planted").hasMessageContaining("-Dfuzz.seed=7");
        assertThat(finding.inputs()).hasSize(1);
        assertThat(finding.inputs().get(0)).containsExactlyInAnyOrder(0x42, 0x17);
    }

    /** What a length field asks for without the bytes for it. */
    @Test
    void finds_an_allocation_beyond_the_input() {
        byte[][] kept = new byte[1][];

        Finding finding = finding(new Planted() {
            @Override
            public void accept(byte[] input) {
                if (contains(input, (byte) 0x42)) {
                    kept[0] = new byte[100_000];
                }
            }
        });

        assertThat(finding).hasMessageContaining("bytes allocated for an input of");
        assertThat(finding.inputs().get(0)).containsExactly(0x42);
    }

    /** The classes that an input is the first to need are not its fault, but it does not hide what comes behind it. */
    @Test
    void a_replay_goes_on_behind_an_allocation_that_comes_once_or_twice() {
        byte[][] kept = new byte[1][];
        Target target = new PlantedInEpisodes() {
            private int classesToLoad = 2;

            @Override
            void accept(int place) {
                if (place == 2 && classesToLoad > 0) {
                    classesToLoad--;
                    kept[0] = new byte[100_000];
                }
                if (place == 7) {
                    throw new IllegalStateException("planted");
                }
            }
        };

        assertThatThrownBy(() -> new Campaign(target, NOISE, 7).replay(5)).hasMessageContaining("planted");
    }

    /** A cost that comes in each try, and never when it is tried again, is no finding; but what it hid must not look tried. */
    @Test
    void counts_the_episodes_that_it_could_not_try_to_their_end() throws InterruptedException {
        byte[][] kept = new byte[1][];
        // It is begun in turn for a try, and to see whether what happened there happens again.
        Target target = new PlantedInEpisodes() {
            @Override
            void accept(int place) {
                if (place == 2 && begun() % 2 == 1) {
                    kept[0] = new byte[100_000];
                }
            }
        };

        Campaign.Report report = new Campaign(target, NOISE, 7).run(Duration.ofMillis(200), Long.MAX_VALUE);

        assertThat(report.episodes()).isPositive();
        assertThat(report.brokenOff()).isEqualTo(report.episodes());
        assertThat(report.inputs()).isZero();
        assertThat(report.toString()).endsWith("episodes not to their end");
    }

    @Test
    void finds_a_hang_and_tells_where() {
        CountDownLatch never = new CountDownLatch(1);

        Finding finding = finding(
                new Planted() {
                    @Override
                    public void accept(byte[] input) throws InterruptedException {
                        if (contains(input, (byte) 0x42)) {
                            never.await();
                        }
                    }
                },
                Duration.ofMillis(300));

        assertThat(finding).hasMessageContaining("no end");
        Throwable stack = Objects.requireNonNull(finding.getCause());
        assertThat(Arrays.stream(stack.getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("await");
    }

    @Test
    void tells_what_it_found_even_if_there_is_no_time_to_make_it_short() {
        Finding finding = finding(
                new Planted() {
                    @Override
                    public void accept(byte[] input) {
                        if (contains(input, (byte) 0x42)) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                            throw new IllegalStateException("planted");
                        }
                    }
                },
                Duration.ofMillis(300));

        assertThat(finding).hasMessageContaining("planted");
        assertThat(finding.inputs()).hasSize(1);
    }

    /** The state of a target is part of what it does: the inputs that matter remain, the others go. */
    @Test
    void finds_the_few_inputs_of_an_episode_that_matter() {
        Finding finding = finding(new Planted() {
            private int seen;

            @Override
            public int episode() {
                return 200;
            }

            @Override
            public void begin() {
                seen = 0;
            }

            @Override
            public void accept(byte[] input) {
                if (contains(input, (byte) 0x42)) {
                    seen++;
                }
            }

            @Override
            public void end() {
                if (seen >= 3) {
                    throw new IllegalStateException("left behind: " + seen);
                }
            }
        });

        assertThat(finding.inputs())
                .hasSize(3)
                .allSatisfy(input -> assertThat(input).containsExactly(0x42));
    }

    @Test
    void the_same_seed_gives_the_same_inputs() throws InterruptedException {
        List<String> first = inputs(3);

        assertThat(inputs(3)).isEqualTo(first);
        assertThat(inputs(4)).isNotEqualTo(first);
    }

    private static List<String> inputs(long seed) throws InterruptedException {
        List<String> inputs = new ArrayList<>();
        Target memory = new Planted() {
            @Override
            public void accept(byte[] input) {
                inputs.add(Arrays.toString(input));
            }

            @Override
            public long allowance(byte[] input) {
                return Long.MAX_VALUE;
            }
        };
        new Campaign(memory, new Mutator(CodecTargets.requests(), 100_000), seed).run(MINUTE, 5_000);
        return inputs;
    }

    /** An input that is refused at its first byte tests one byte. */
    @Test
    void mutation_changes_most_inputs_and_keeps_to_the_limit() {
        Mutator mutator = new Mutator(List.of(new byte[100]), 1_000);
        SplittableRandom random = new SplittableRandom(1);
        int unchanged = 0;
        int longest = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] input = mutator.next(random);
            unchanged += Arrays.equals(input, new byte[100]) ? 1 : 0;
            longest = Math.max(longest, input.length);
        }

        assertThat(unchanged).isBetween(3_000, 20_000);
        assertThat(longest).isEqualTo(1_000);
    }

    private static boolean contains(byte[] input, byte value) {
        for (byte one : input) {
            if (one == value) {
                return true;
            }
        }
        return false;
    }

    private abstract static class Planted implements Target {
        @Override
        public String name() {
            return "planted";
        }
    }

    /** What it does depends on the place in an episode, not on the input. */
    private abstract static class PlantedInEpisodes extends Planted {
        private int begun;
        private int seen;

        /** Episodes that have begun, this one included. */
        int begun() {
            return begun;
        }

        /** @param place from 0 on */
        abstract void accept(int place);

        @Override
        public int episode() {
            return 10;
        }

        @Override
        public void begin() {
            begun++;
            seen = 0;
        }

        @Override
        public void accept(byte[] input) {
            accept(seen++);
        }
    }
}
