package io.zabkeeper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.request.CloseSession;
import io.zabkeeper.wire.request.Sync;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VocabularyTest {
    @Test
    void finds_every_constant_by_its_number() {
        for (OpCode op : OpCode.values()) {
            assertThat(OpCode.of(op.code())).isEqualTo(op);
        }
        for (ErrorCode error : ErrorCode.values()) {
            assertThat(ErrorCode.of(error.code())).isEqualTo(error);
        }
        for (CreateMode mode : CreateMode.values()) {
            assertThat(CreateMode.of(mode.flags())).isEqualTo(mode);
        }
        for (WatcherType type : WatcherType.values()) {
            assertThat(WatcherType.of(type.code())).isEqualTo(type);
        }
        for (ChildFilter filter : ChildFilter.values()) {
            assertThat(ChildFilter.of(filter.code())).isEqualTo(filter);
        }
        for (AddWatchMode mode : AddWatchMode.values()) {
            assertThat(AddWatchMode.of(mode.code())).isEqualTo(mode);
        }
    }

    @Test
    void has_an_answer_for_every_other_number() {
        assertThat(List.of(OpCode.of(10), OpCode.of(-12), OpCode.of(108), OpCode.of(Integer.MAX_VALUE)))
                .containsOnly(OpCode.UNKNOWN);
        assertThat(ErrorCode.of(-999)).isEqualTo(ErrorCode.SYSTEM_ERROR);
        assertThat(CreateMode.of(-1)).isNull();
        assertThat(CreateMode.of(7)).isNull();
        assertThat(WatcherType.of(0)).isNull();
        assertThat(AddWatchMode.of(2)).isNull();
    }

    @Test
    void speaks_of_extensions_in_the_version_of_the_protocol() {
        assertThat(Extensions.NONE.protocolVersion()).isZero();
        assertThat(Extensions.ALL.protocolVersion()).isEqualTo(0x5A42003F);
        assertThat(Extensions.ofProtocolVersion(0x5A42003F)).isEqualTo(Extensions.ALL);
        assertThat(Extensions.ofProtocolVersion(0x5A42FFFF)).isEqualTo(Extensions.ALL);
        for (int other : new int[] {0, 1, 10, 11, 12, 42, 0x5A43003F, 0xffff, -1}) {
            assertThat(Extensions.ofProtocolVersion(other)).isEqualTo(Extensions.NONE);
        }
        assertThat(Extensions.ALL.operations()).hasSize(6).allMatch(op -> op.code() >= 500);
        assertThat(Extensions.NONE.operations()).isEmpty();
        assertThat(new Extensions(8).operations()).containsExactly(OpCode.REMOVE_RECURSIVE);
    }

    @Test
    void knows_what_is_ordered() {
        assertThat(CloseSession.INSTANCE.isWrite()).isTrue();
        assertThat(new Sync("/").isWrite()).isFalse();
    }

    @Test
    void spells_permissions() {
        assertThat(Permission.letters(Permission.ALL)).isEqualTo("cdrwa");
        assertThat(Permission.letters(Permission.READ | Permission.ADMIN)).isEqualTo("ra");
        assertThat(Permission.of("arwcd")).isEqualTo(Permission.ALL);
        assertThat(Permission.of("")).isZero();
        assertThatThrownBy(() -> Permission.of("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wraps_bytes_without_copying_and_compares_their_content() {
        byte[] array = {1, 2};

        assertThat(Bytes.of(array).array()).isSameAs(array);
        assertThat(Bytes.of(array)).isEqualTo(Bytes.of(new byte[] {1, 2})).hasSameHashCodeAs(Bytes.of(array.clone()));
        assertThat(Bytes.of(array)).isNotEqualTo(Bytes.EMPTY);
        assertThat(Bytes.ofUtf8("ä").utf8()).isEqualTo("ä");
    }
}
