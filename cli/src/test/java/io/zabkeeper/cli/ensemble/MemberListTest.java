package io.zabkeeper.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.cli.ensemble.MemberList.Member;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemberListTest {
    @Test
    void reads_who_is_a_member_and_where() {
        MemberList list = MemberList.parse("""
                server.1=one:2888:3888:participant;0.0.0.0:2181
                server.2=[::1]:2888:3888:observer;[0:0:0:0:0:0:0:0]:2182
                server.3=three:2888:3888|four:2888:3888:participant;clients.three:2183
                server.4=five:2888:3888;2184
                server.5=six:2888:3888:participant
                group.1=1:2:3
                version=10000001f
                """);

        assertThat(list.version()).isEqualTo("10000001f");
        assertThat(list.members())
                .containsExactly(
                        new Member("1", "one:2888:3888", "participant", Optional.of(new HostPort("one", 2181))),
                        new Member("2", "[::1]:2888:3888", "observer", Optional.of(new HostPort("::1", 2182))),
                        new Member(
                                "3",
                                "three:2888:3888|four:2888:3888",
                                "participant",
                                Optional.of(new HostPort("clients.three", 2183))),
                        new Member("4", "five:2888:3888", "participant", Optional.of(new HostPort("five", 2184))),
                        new Member("5", "six:2888:3888", "participant", Optional.empty()));
    }

    @Test
    void is_empty_for_a_standalone_server() {
        assertThat(MemberList.parse("").members()).isEmpty();
        assertThat(MemberList.parse("").version()).isEmpty();
    }
}
