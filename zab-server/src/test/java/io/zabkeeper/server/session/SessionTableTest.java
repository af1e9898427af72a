package io.zabkeeper.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private static final Bytes PASSWORD = Bytes.ofUtf8("sixteen bytes pw");

    private final SessionTable table = new SessionTable();

    @Test
    void opens_a_session_once() {
        Session opened = table.open(7, 4000, PASSWORD, 1, 10);

        assertThat(opened).isEqualTo(new Session(7, 4000, Session.hash(PASSWORD), 1, 10));
        assertThat(table.get(7)).isEqualTo(opened);
        assertThat(table.open(7, 9000, Bytes.EMPTY, 2, 20)).isNull();
        assertThat(table.get(7)).isEqualTo(opened);
    }

    @Test
    void attaches_with_the_right_password_only() {
        table.open(7, 4000, PASSWORD, 1, 10);

        assertThat(table.attach(7, 9000, Bytes.ofUtf8("sixteen bytes px"), 2, 20))
                .isNull();
        assertThat(table.attach(7, 9000, Bytes.EMPTY, 2, 20)).isNull();
        assertThat(table.attach(8, 9000, PASSWORD, 2, 20)).isNull();
        assertThat(table.attach(7, 9000, PASSWORD, 2, 20))
                .isEqualTo(new Session(7, 9000, Session.hash(PASSWORD), 2, 20));
    }

    @Test
    void closes_a_session_once() {
        table.open(7, 4000, PASSWORD, 1, 10);

        assertThat(table.close(7)).isNotNull();
        assertThat(table.close(7)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void shows_those_that_are_there() {
        table.open(7, 4000, PASSWORD, 1, 10);
        table.restore(new Session(8, 5000, PASSWORD, 2, 20));
        List<Long> ids = new ArrayList<>();

        table.forEach(session -> ids.add(session.id()));

        assertThat(ids).containsExactlyInAnyOrder(7L, 8L);
        assertThat(table.snapshot()).extracting(Session::id).containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void keeps_passwords_neither_in_itself_nor_in_logs() {
        Session session = new Session(0x1_0000_0007L, 4000, Session.hash(PASSWORD), 1, 10);

        assertThat(session.passwordHash()).isNotEqualTo(PASSWORD);
        assertThat(session).hasToString("0x100000007 timeoutMs=4000 owner=1");
    }
}
