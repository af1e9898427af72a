package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all members must be told the same, because requests fail by it. */
class AgreedLimitsTest {
    private final TreeFixture tree = new TreeFixture(new TreeSettings(new Agreed(true, false, true, 3, 2, 4), "", 0));

    @Test
    void a_path_may_be_as_deep_as_the_members_agree() {
        tree.create("/a");
        tree.create("/a/b");

        assertThat(tree.create("/a/b/c").error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/a/b/c/d").error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
    }

    @Test
    void a_list_may_be_as_long_as_the_members_agree() {
        List<Acl> two = List.of(ip("10.0.0.1"), ip("10.0.0.2"));
        List<Acl> three = List.of(ip("10.0.0.1"), ip("10.0.0.2"), ip("10.0.0.3"));

        assertThat(tree.create("/two", two).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.create("/three", three).error()).isEqualTo(ErrorCode.INVALID_ACL);
        assertThat(tree.write(new SetAcl("/two", three, -1)).error()).isEqualTo(ErrorCode.INVALID_ACL);
    }

    @Test
    void a_multi_may_have_as_many_operations_as_the_members_agree() {
        assertThat(tree.write(checks(4)).error()).isEqualTo(ErrorCode.OK);
        assertThat(tree.write(checks(5)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
    }

    @Test
    void without_the_scheme_digest_no_list_may_name_its_ids() {
        TreeFixture without = new TreeFixture(new TreeSettings(new Agreed(true, false, false, 3, 2, 4), "", 0));
        List<Acl> bob = List.of(new Acl(Permission.ALL, new AuthId("digest", DigestAuth.idOf("bob:pw"))));

        assertThat(tree.create("/a", bob).error()).isEqualTo(ErrorCode.OK);
        assertThat(without.create("/a", bob).error()).isEqualTo(ErrorCode.INVALID_ACL);
    }

    private static Acl ip(String address) {
        return new Acl(Permission.ALL, new AuthId("ip", address));
    }

    private static Multi checks(int count) {
        List<Request> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(new Check("/", -1));
        }
        return new Multi(operations);
    }
}
