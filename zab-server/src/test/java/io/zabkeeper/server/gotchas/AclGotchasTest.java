package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.BAD_VERSION;
import static io.zabkeeper.server.gotchas.Calls.BOB;
import static io.zabkeeper.server.gotchas.Calls.INVALID_ACL;
import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.NO_AUTH;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.PERSISTENT;
import static io.zabkeeper.server.gotchas.Calls.auth;
import static io.zabkeeper.server.gotchas.Calls.digest;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.reattach;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static io.zabkeeper.server.gotchas.Calls.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may do what, which refusal comes first, and who a connection is. */
class AclGotchasTest {
    @OnBoth
    void g35_a_wrong_acl_is_refused_before_a_missing_parent_or_a_present_node(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g35");

            refused(client, INVALID_ACL, with("/g35-none/child", List.of()));
            refused(client, INVALID_ACL, with("/g35", List.of()));
            refused(client, INVALID_ACL, with("/g35", null));
            refused(client, INVALID_ACL, Ask.setAcl("/g35-none", List.of(), -1));
        }
    }

    @OnBoth
    void g36_missing_permission_is_refused_before_a_version_or_a_missing_child(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            done(client, with("/g36", List.of(world(Permission.READ | Permission.CREATE))));
            node(client, "/g36/child");

            refused(client, NO_AUTH, Ask.delete("/g36/none", -1));
            refused(client, NO_AUTH, Ask.delete("/g36/child", 77));
            refused(client, NO_AUTH, Ask.setData("/g36", NOTHING, 77));
            refused(client, NO_NODE, Ask.setData("/g36/none", NOTHING, 77));
            refused(client, BAD_VERSION, Ask.setData("/g36/child", NOTHING, 77));
        }
    }

    @OnBoth
    void g37_the_parent_decides_who_may_delete(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g37");
            done(client, with("/g37/locked", List.of(digest(Permission.ALL, BOB))));

            refused(client, NO_AUTH, Ask.getData("/g37/locked", false));
            done(client, Ask.delete("/g37/locked", -1));
        }
    }

    @OnBoth
    void g38_hashes_of_passwords_are_shown_to_administrators_alone(Subject subject) throws IOException {
        List<Acl> acl = List.of(digest(Permission.ALL, BOB), world(Permission.READ));
        try (WireClient bob = subject.connect(1);
                WireClient reader = subject.connect(1)) {
            auth(bob, "bob:pw");
            done(bob, with("/g38", acl));

            assertThat(acl(bob, "/g38")).isEqualTo(acl);
            assertThat(acl(reader, "/g38")).containsExactly(digest(Permission.ALL, "bob:x"), world(Permission.READ));
        }
    }

    @OnBoth
    void g39_auth_stands_for_everybody_the_connection_has_proved_to_be(Subject subject) throws IOException {
        List<Acl> creator = List.of(new Acl(Permission.ALL, new AuthId("auth", "this is ignored")));
        try (WireClient client = subject.connect(1)) {
            refused(client, INVALID_ACL, with("/g39", creator));
            auth(client, "bob:pw");
            auth(client, "alice:pw");

            done(client, with("/g39", creator));

            assertThat(acl(client, "/g39"))
                    .extracting(entry -> entry.id().scheme())
                    .containsExactly("digest", "digest");
            assertThat(acl(client, "/g39"))
                    .extracting(entry -> entry.id().id().replaceAll(":.*", ""))
                    .containsExactlyInAnyOrder("bob", "alice");
        }
    }

    @OnBoth
    void g40_who_one_is_goes_with_the_connection(Subject subject) throws IOException {
        try (WireClient before = subject.connect(1)) {
            auth(before, "bob:pw");
            done(before, with("/g40", List.of(digest(Permission.ALL, BOB))));
            done(before, Ask.getData("/g40", false));
            before.drop();

            try (WireClient after = reattach(subject, 1, before.session())) {
                refused(after, NO_AUTH, Ask.getData("/g40", false));
                auth(after, "bob:pw");
                done(after, Ask.getData("/g40", false));
            }
        }
    }

    @OnBoth
    void g41_a_digest_hashes_user_and_password_and_the_first_colon_ends_the_user(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            auth(client, "bob:pw");
            done(client, with("/g41-bob", Acl.CREATOR_ALL));
            assertThat(acl(client, "/g41-bob")).containsExactly(digest(Permission.ALL, BOB));
        }
        try (WireClient client = subject.connect(1)) {
            auth(client, "super:super");
            done(client, with("/g41-super", Acl.CREATOR_ALL));
            assertThat(acl(client, "/g41-super"))
                    .containsExactly(digest(Permission.ALL, "super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss="));
        }
        try (WireClient client = subject.connect(1)) {
            auth(client, "carol:with:colon");
            done(client, with("/g41-carol", Acl.CREATOR_ALL));
            assertThat(acl(client, "/g41-carol"))
                    .singleElement()
                    .matches(entry -> entry.id().id().matches("carol:[A-Za-z0-9+/]{27}="));
        }
    }

    private static Ask with(String path, @Nullable List<Acl> acl) {
        return Ask.create(OpCode.CREATE, path, NOTHING, acl, PERSISTENT);
    }

    private static List<Acl> acl(WireClient client, String path) throws IOException {
        return Objects.requireNonNull(
                done(client, Ask.path(OpCode.GET_ACL, path)).body().acls());
    }
}
