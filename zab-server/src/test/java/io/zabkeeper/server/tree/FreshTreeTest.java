package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol §4.7. */
class FreshTreeTest {
    private final TreeMachine standalone = TreeMachine.fresh(TreeSettings.DEFAULT);
    private final TreeFixture tree = new TreeFixture();

    @Test
    void has_a_root_whose_built_in_child_was_never_created() {
        assertThat(standalone.stat("/")).isEqualTo(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0));
    }

    @Test
    void has_a_system_znode_with_two_children() {
        assertThat(standalone.stat("/zookeeper")).isEqualTo(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0));
    }

    @Test
    void has_an_empty_quota_znode() {
        assertThat(standalone.stat("/zookeeper/quota")).isEqualTo(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void has_a_configuration_that_is_empty_when_standalone() {
        assertThat(standalone.stat("/zookeeper/config")).isEqualTo(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0));
    }

    @Test
    void has_the_configuration_of_an_ensemble_with_version_minus_one() {
        TreeMachine member = TreeMachine.fresh(TreeFixture.settings(false, "server.1=a:1:2", 0));

        assertThat(member.stat("/zookeeper/config")).isEqualTo(new Stat(0, 0, 0, 0, -1, 0, -1, 0, 14, 0, 0));
    }

    @Test
    void may_be_read_and_written_by_everybody_but_for_the_configuration() {
        assertThat(standalone.acl("/")).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(standalone.acl("/zookeeper")).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(standalone.acl("/zookeeper/quota")).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(standalone.acl("/zookeeper/config")).isEqualTo(Acl.READ_UNSAFE);
    }

    @Test
    void counts_four_znodes() {
        assertThat(standalone.nodeCount()).isEqualTo(4);
        assertThat(standalone.lastZxid()).isZero();
        assertThat(standalone.digest()).isEqualTo(standalone.recomputedDigest());
    }

    /** Gotcha 68. */
    @Test
    void cannot_be_deleted() {
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config")) {
            assertThat(tree.delete(path).error()).as(path).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        }
    }

    @Test
    void can_be_written_by_the_normal_rules() {
        assertThat(tree.setData("/", "x").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.setData("/zookeeper", "x").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/zookeeper/mine").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.setData("/zookeeper/config", "x").error()).isEqualTo(ErrorCode.NOAUTH);

        tree.identity = List.of(Identity.SUPER);

        assertThat(tree.setData("/zookeeper/config", "x").error()).isEqualTo(ErrorCode.OK);
    }

    /** CVE-2026-100300: junk where quotas are kept is data like any other. */
    @Test
    void takes_junk_under_quota_as_data() {
        tree.create("/zookeeper/quota/a");
        tree.create("/zookeeper/quota/a/zookeeper_limits");
        tree.create("/zookeeper/quota/a/zookeeper_stats");

        assertThat(tree.setData("/zookeeper/quota/a/zookeeper_limits", "count=,,;=x=;")
                        .error())
                .isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/a").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.setData("/a", "x").error()).isEqualTo(ErrorCode.OK);
    }
}
