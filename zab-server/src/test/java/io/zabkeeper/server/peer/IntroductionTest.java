package io.zabkeeper.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.quorum.NodeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntroductionTest {
    private static final String MEMBERS = "1=participant,2=participant";
    private static final String SETTINGS = "enforceQuota=false";

    private final Introduction one = new Introduction(new NodeId(1), 5, 11, MEMBERS, SETTINGS, () -> 7);

    @Test
    void a_peer_of_the_same_ensemble_with_the_same_settings_is_accepted() {
        assertThat(objection(2, MEMBERS, SETTINGS, 7)).isNull();
        assertThat(objection(2, MEMBERS, SETTINGS, 0)).isNull();
    }

    @Test
    void a_peer_that_would_apply_requests_differently_is_refused_with_both_settings() {
        assertThat(objection(2, MEMBERS, "enforceQuota=true", 7))
                .isEqualTo("its configuration has the members and settings " + MEMBERS + " enforceQuota=true, ours "
                        + MEMBERS + " enforceQuota=false");
    }

    @Test
    void a_peer_of_another_ensemble_or_with_our_own_id_is_refused() {
        assertThat(objection(1, MEMBERS, SETTINGS, 7)).contains("which is ours");
        assertThat(objection(2, "2=participant", SETTINGS, 7))
                .contains("members and settings 2=participant enforceQuota=false, ours");
        assertThat(objection(2, MEMBERS, SETTINGS, 8)).isEqualTo("it belongs to ensemble 8, we to 7");
    }

    private @Nullable String objection(int id, String members, String settings, long cluster) {
        Introduction other = new Introduction(new NodeId(id), 3, 12, members, settings, () -> cluster);
        return one.objectionTo(other.hello(false, ""));
    }
}
