package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContenderNameTest {
    private static final String LOCK = "lock-";

    @Test
    void is_read_as_curator_writes_it() {
        String name = "_c_5c1e0d3a-6f4b-4d7c-9f0e-2b1a3c4d5e6f-lock-0000000042";

        assertThat(ContenderName.parse(name, LOCK)).contains(new ContenderName(name, LOCK, 42));
        assertThat(ContenderName.parse("_c_5c1e-__READ__0000000007", "__READ__"))
                .contains(new ContenderName("_c_5c1e-__READ__0000000007", "__READ__", 7));
    }

    @Test
    void is_what_the_server_makes_of_its_prefix() {
        String name = ContenderName.prefix("mark", LOCK) + "0000000000";

        assertThat(name).isEqualTo("_c_mark-lock-0000000000");
        assertThat(ContenderName.parse(name, LOCK)).contains(new ContenderName(name, LOCK, 0));
    }

    @Test
    void of_something_else_is_none() {
        assertThat(ContenderName.parse("_c_mark-latch-0000000001", LOCK)).isEmpty();
        assertThat(ContenderName.parse("lock-", LOCK)).isEmpty();
        assertThat(ContenderName.parse("lock-1", LOCK)).isEmpty();
        assertThat(ContenderName.parse("lock-000000000x", LOCK)).isEmpty();
        assertThat(ContenderName.parse("lock-9999999999", LOCK)).isEmpty();
        assertThat(ContenderName.parse("", LOCK)).isEmpty();
    }

    @Test
    void keeps_its_place_when_the_counter_runs_over() {
        ContenderName last = ContenderName.parse("lock-2147483647", LOCK).orElseThrow();
        ContenderName next = ContenderName.parse("lock--2147483648", LOCK).orElseThrow();

        assertThat(last.isBefore(next)).isTrue();
        assertThat(next.isBefore(last)).isFalse();
        assertThat(last.isBefore(last)).isFalse();
    }
}
