package io.zabkeeper.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bytes that no client sends, on the client port; a session of somebody else goes on beside them (M1, M6, M7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFrameTest {
    private static final int PASSWORD_SIZE = 16;

    private TestEnsemble ensemble;
    private ApacheSession bystander;

    @BeforeAll
    void start() throws IOException {
        ensemble = TestEnsemble.started(1);
        bystander = ApacheSession.connect(ensemble.connectString());
    }

    @AfterAll
    void stop() {
        bystander.close();
        ensemble.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), ensemble.member(1).clientPort()),
                2_000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void handshake(DataOutputStream out, long session, byte[] password) throws IOException {
        out.writeInt(29 + password.length);
        out.writeInt(0);
        out.writeLong(0);
        out.writeInt(10_000);
        out.writeLong(session);
        out.writeInt(password.length);
        out.write(password);
        out.writeBoolean(false);
        out.flush();
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    private void assertBystanderGoesOn() throws Exception {
        assertThat(bystander.zk().exists("/", false)).isNotNull();
    }

    @Test
    void impossible_lengths_close_the_connection() throws Exception {
        for (int length : new int[] {-1, 0, 0x100000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try (Socket socket = connect()) {
                new DataOutputStream(socket.getOutputStream()).writeInt(length);

                assertThat(isClosed(socket)).as("length %d", length).isTrue();
            }
        }
        assertBystanderGoesOn();
    }

    @Test
    void impossible_lengths_behind_a_handshake_close_it_too() throws Exception {
        for (int length : new int[] {-1, 0, 0x100000}) {
            try (Socket socket = connect()) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream());
                handshake(out, 0, new byte[PASSWORD_SIZE]);
                in.readNBytes(in.readInt());

                out.writeInt(length);

                assertThat(isClosed(socket)).as("length %d", length).isTrue();
            }
        }
        assertBystanderGoesOn();
    }

    /** M6: neither silence nor half a handshake keeps a connection. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void half_a_handshake_is_closed_after_a_bound() throws Exception {
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            socket.getOutputStream().write(new byte[] {0, 0, 0, 45, 0, 0});

            assertThat(isClosed(socket)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
        }
        assertBystanderGoesOn();
    }

    /** M7, gotcha 3: zeros for the timeout and the session, then the end. */
    @Test
    void a_wrong_password_gets_the_reply_of_an_expired_session() throws Exception {
        try (Socket socket = connect()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());

            handshake(out, bystander.zk().getSessionId(), new byte[PASSWORD_SIZE]);

            assertThat(in.readInt()).isEqualTo(37);
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).as("timeout").isZero();
            assertThat(in.readLong()).as("session").isZero();
            assertThat(in.readInt()).isEqualTo(PASSWORD_SIZE);
            assertThat(in.readNBytes(PASSWORD_SIZE)).containsOnly(0);
            assertThat(in.readByte()).isZero();
            assertThat(isClosed(socket)).isTrue();
        }
        assertBystanderGoesOn();
    }

    @Test
    void a_body_that_cannot_be_decoded_is_answered_and_the_session_goes_on() throws Exception {
        try (Socket socket = connect()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            handshake(out, 0, new byte[PASSWORD_SIZE]);
            in.readNBytes(in.readInt());
            for (int operation : new int[] {1, 4, 5, 14}) {
                out.writeInt(12);
                out.writeInt(7);
                out.writeInt(operation);
                out.writeInt(1_000_000);
                out.flush();

                assertThat(in.readInt()).isEqualTo(16);
                assertThat(in.readInt()).isEqualTo(7);
                in.readLong();
                assertThat(in.readInt()).as("operation %d", operation).isEqualTo(-5);
            }
        }
        assertBystanderGoesOn();
    }

    /** Gotcha: −6, zxid −1, then the end. */
    @Test
    void an_unknown_operation_is_answered_and_closes_the_connection() throws Exception {
        for (int operation : new int[] {13, 20, -10, -1, 99, 4711}) {
            try (Socket socket = connect()) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream());
                handshake(out, 0, new byte[PASSWORD_SIZE]);
                in.readNBytes(in.readInt());
                out.writeInt(8);
                out.writeInt(3);
                out.writeInt(operation);
                out.flush();

                assertThat(in.readInt()).isEqualTo(16);
                assertThat(in.readInt()).isEqualTo(3);
                assertThat(in.readLong()).isEqualTo(-1);
                assertThat(in.readInt()).as("operation %d", operation).isEqualTo(-6);
                assertThat(isClosed(socket)).isTrue();
            }
        }
        assertBystanderGoesOn();
    }

    /** {@code echo ruok | nc} closes its half with the word; the answer used to race with that end. */
    @Test
    void a_word_is_answered_to_a_client_that_has_said_all_it_has_to_say() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();

                assertThat(socket.getInputStream().readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("imok");
            }
        }
    }

    @Test
    void a_client_that_has_said_half_of_it_is_not_waited_for() throws Exception {
        for (byte[] half : new byte[][] {{}, {'r', 'u', 'o'}, {0, 0, 0, 45, 0, 0}}) {
            try (Socket socket = connect()) {
                long began = System.nanoTime();
                socket.getOutputStream().write(half);
                socket.shutdownOutput();

                assertThat(isClosed(socket)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
            }
        }
    }

    @Test
    void garbage_disturbs_nobody() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 50; round++) {
            try (Socket socket = connect()) {
                byte[] bytes = new byte[1 + random.nextInt(4_000)];
                random.nextBytes(bytes);
                socket.getOutputStream().write(bytes);
            }
        }
        assertBystanderGoesOn();
    }
}
