package io.zabkeeper.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.OpCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStatsTest {
    private final ConnectionStats stats = new ConnectionStats();

    /** As the reference, which tells a new connection from one after {@code crst}. */
    @Test
    void begin_with_nothing() {
        assertThat(stats.lastOperation()).isNull();
        assertThat(stats.lastXid()).isZero();
        assertThat(stats.lastZxid()).isZero();
        assertThat(stats.minLatencyMs()).isZero();
        assertThat(stats.averageLatencyMs()).isZero();
    }

    @Test
    void keep_the_last_answer_and_the_latencies() {
        answer(OpCode.CREATE, 1, 5, 9);
        answer(OpCode.GET_DATA, 2, 5, 2);
        answer(OpCode.EXISTS, 3, 6, 3);

        assertThat(stats.lastOperation()).isEqualTo("EXIS");
        assertThat(stats.lastXid()).isEqualTo(3);
        assertThat(stats.lastZxid()).isEqualTo(6);
        assertThat(stats.lastLatencyMs()).isEqualTo(3);
        assertThat(stats.minLatencyMs()).isEqualTo(2);
        assertThat(stats.averageLatencyMs()).isEqualTo(4);
        assertThat(stats.maxLatencyMs()).isEqualTo(9);
        assertThat(stats.lastResponseMillis()).isEqualTo(70);
    }

    /** An operator wants to know the client's last real request. */
    @Test
    void a_ping_does_not_hide_the_last_xid() {
        answer(OpCode.GET_DATA, 2, 5, 2);
        answer(OpCode.PING, -2, 6, 0);

        assertThat(stats.lastOperation()).isEqualTo("PING");
        assertThat(stats.lastXid()).isEqualTo(2);
    }

    @Test
    void begin_anew_when_they_are_reset() {
        stats.received();
        stats.sent();
        answer(OpCode.CREATE, 1, 5, 9);

        stats.reset();

        assertThat(stats.receivedCount()).isZero();
        assertThat(stats.sentCount()).isZero();
        assertThat(stats.lastOperation()).isEqualTo("NA");
        assertThat(stats.lastXid()).isEqualTo(-1);
        assertThat(stats.lastZxid()).isEqualTo(-1);
        assertThat(stats.lastResponseMillis()).isZero();
        assertThat(stats.lastLatencyMs()).isZero();
        assertThat(stats.maxLatencyMs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_SESSION, SESS",
        "PING, PING",
        "CREATE, CREA",
        "CREATE2, CREA",
        "CREATE_CONTAINER, CREA",
        "CREATE_TTL, CREA",
        "DELETE, DELE",
        "EXISTS, EXIS",
        "GET_DATA, GETD",
        "SET_DATA, SETD",
        "GET_ACL, GETA",
        "SET_ACL, SETA",
        "GET_CHILDREN, GETC",
        "GET_CHILDREN2, GETC",
        "GET_ALL_CHILDREN_NUMBER, GETACN",
        "SYNC, SYNC",
        "MULTI, MULT",
        "MULTI_READ, MLTR",
        "RECONFIG, RECO",
        "SET_WATCHES, SETW",
        "SET_WATCHES2, STW2",
        "ADD_WATCH, ADDW",
        "CHECK_WATCHES, CHKW",
        "REMOVE_WATCHES, REMW",
        "GET_EPHEMERALS, GETE",
        "WHO_AM_I, HOMI",
        "CLOSE_SESSION, CLOS",
        "UNKNOWN, NA"
    })
    void an_operation_has_its_short_word(OpCode operation, String word) {
        answer(operation, 1, 1, 0);

        assertThat(stats.lastOperation()).isEqualTo(word);
    }

    private void answer(OpCode operation, int xid, long zxid, long latencyMs) {
        stats.answered(operation.code(), xid, zxid, 70_000_000, latencyMs);
    }
}
