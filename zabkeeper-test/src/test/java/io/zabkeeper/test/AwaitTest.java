package io.zabkeeper.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitTest {
    @Test
    void returns_when_the_condition_holds() {
        AtomicInteger looks = new AtomicInteger();

        Await.until("the third look", () -> looks.incrementAndGet() == 3, () -> "");

        assertThat(looks).hasValue(3);
    }

    @Test
    void says_what_was_waited_for_and_how_things_stand() {
        assertThatThrownBy(() -> Await.until("it rains", Duration.ofMillis(5), () -> false, () -> "the sun shines"))
                .isInstanceOf(TestEnsembleException.class)
                .hasMessage("waited 5 ms until it rains; now: the sun shines");
    }

    @Test
    void ends_when_its_thread_is_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.until("it rains", () -> false, () -> "the sun shines"))
                .isInstanceOf(TestEnsembleException.class)
                .hasMessageContaining("interrupted while waiting until it rains");
        assertThat(Thread.interrupted()).isTrue();
    }
}
