package io.zabkeeper.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Client protocol §7.3; gotcha 41. */
class DigestAuthTest {
    @Test
    void hashes_the_whole_text_and_names_the_user_before_the_first_colon() {
        assertThat(DigestAuth.idOf("super:super")).isEqualTo("super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss=");
        assertThat(DigestAuth.idOf("bob:pw")).isEqualTo("bob:ikIaKsbtGweaHnb/jKn7OHqbunM=");
        assertThat(DigestAuth.idOf("a:b:c")).startsWith("a:").isNotEqualTo(DigestAuth.idOf("a:b"));
        assertThat(DigestAuth.idOf("nocolon")).startsWith("nocolon:");
        assertThat(DigestAuth.idOf("")).startsWith(":");
    }

    @Test
    void masks_everything_but_the_user() {
        assertThat(DigestAuth.masked("bob:hash")).isEqualTo("bob:x");
        assertThat(DigestAuth.masked(":hash")).isEqualTo(":x");
    }
}
