package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LinksTest {
    private final Links links = new Links();

    @Test
    void a_generation_comes_up_once_and_goes_down_once() {
        assertThat(links.changed(ONE, 3, true)).isTrue();
        assertThat(links.changed(ONE, 3, true)).isFalse();
        assertThat(links.changed(ONE, 3, false)).isTrue();
        assertThat(links.changed(ONE, 3, true)).isFalse();
        assertThat(links.isUp(ONE)).isFalse();
    }

    @Test
    void news_of_an_older_link_are_none() {
        links.changed(ONE, 3, true);

        assertThat(links.changed(ONE, 2, false)).isFalse();
        assertThat(links.isUp(ONE)).isTrue();
    }

    @Test
    void what_is_left_over_from_a_broken_link_is_not_heard() {
        links.changed(ONE, 3, true);
        links.changed(ONE, 3, false);

        assertThat(links.admits(ONE, 3)).isFalse();
        assertThat(links.admits(ONE, 4)).isTrue();
    }
}
