package io.zabkeeper.server.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.loop.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send to the port of the operators. */
class HttpPortTest {
    private static final int IDLE_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Consumer<Answer>> held = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private EventLoopGroup loops;
    private HttpPort port;
    private InetSocketAddress address;

    @BeforeEach
    void listen() {
        Transport transport = new Transport();
        loops = transport.group(1, task -> new Thread(task, "admin"));
        port = new HttpPort(loops, transport, IDLE_MS, this::answer);
        Channel channel = port.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        address = (InetSocketAddress) channel.localAddress();
    }

    private void answer(Question question, Consumer<Answer> answer) {
        questions.add(question);
        if (question.path().equals("/hold")) {
            held.add(answer);
        } else {
            answer.accept(new Answer(200, "text/plain", "it is " + question.path()));
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        port.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Test
    void a_page_is_answered_with_its_length_and_type() throws IOException {
        assertThat(exchange("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-type: text/plain\r\n", "content-length: 8\r\n", "connection: close\r\n")
                .endsWith("\r\n\r\nit is /a");
    }

    @Test
    void a_connection_is_kept_for_the_next_request() throws IOException {
        String answers = exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(answers).contains("it is /aHTTP/1.1 200 OK\r\n").endsWith("it is /b");
    }

    @Test
    void head_is_answered_without_the_text() throws IOException {
        assertThat(exchange("HEAD /a HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .contains("content-length: 8\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void path_and_parameters_are_decoded() throws IOException {
        exchange("GET /a%20b?mask=1%2B2&mask=3&flag HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(questions).containsExactly(new Question("GET", "/a b", java.util.Map.of("mask", "1+2", "flag", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                "GET /a HTTP/1.1\r\n: no name\r\n\r\n",
                "GET /a HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "GET /a FTP/1.1\r\n\r\n"
            })
    void what_is_no_request_is_refused_and_the_connection_closed(String bytes) throws IOException {
        assertThat(exchange(bytes)).startsWith("HTTP/1.1 400 ");
        assertThat(questions).isEmpty();
    }

    @Test
    void half_an_escape_is_a_page_that_is_not_there() throws IOException {
        exchange("GET /a%zz HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(questions).containsExactly(new Question("GET", "", java.util.Map.of()));
    }

    @Test
    void a_long_line_is_refused() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(HttpPort.LINE_BYTES) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void long_headers_are_refused() throws IOException {
        assertThat(exchange("GET /a HTTP/1.1\r\nX: " + "a".repeat(HttpPort.HEADER_BYTES) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void a_folded_header_is_read_and_many_are_refused() throws IOException {
        String folded = "GET /a HTTP/1.1\r\nX: y\r\n" + " z\r\n".repeat(FoldedLines.MOST);

        assertThat(exchange(folded + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(exchange(folded + " z\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("Too many lines are folded.\n");
        assertThat(questions).hasSize(1);
    }

    @Test
    void a_large_body_is_refused_before_it_comes() throws IOException {
        assertThat(exchange("POST /a HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(questions).isEmpty();
    }

    @Test
    void more_than_so_many_requests_a_second_are_refused() throws IOException {
        int asked = 2 * HttpPort.MOST_PER_SECOND;
        StringBuilder requests = new StringBuilder();
        requests.append("GET /a HTTP/1.1\r\n\r\n".repeat(asked));

        String answers = exchange(requests.toString());

        assertThat(answers).contains("HTTP/1.1 429 Too Many Requests\r\n");
        assertThat(questions.size()).isBetween(HttpPort.MOST_PER_SECOND, asked - 1);
    }

    @Test
    void more_than_so_many_connections_are_closed() throws IOException {
        for (int i = 0; i < HttpPort.MOST_CONNECTIONS; i++) {
            connect();
        }
        Socket oneTooMany = connect();

        assertThat(oneTooMany.getInputStream().read()).isEqualTo(-1);

        sockets.get(0).close();
        Eventually.holds(
                "there is room again",
                PATIENCE,
                () -> exchange("GET /a HTTP/1.1\r\nConnection: close\r\n\r\n").endsWith("it is /a"));
    }

    /** However slowly it drips: what counts is that the request is whole in time. */
    @Test
    void a_request_that_does_not_come_in_whole_is_given_up() throws IOException {
        Socket silent = connect();
        Socket slow = connect();
        long began = System.nanoTime();
        Thread drip = new Thread(() -> drip(slow));
        drip.start();

        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(slow.getInputStream().read()).isEqualTo(-1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        drip.interrupt();
    }

    private static void drip(Socket socket) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                socket.getOutputStream().write('G');
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException closed) {
            // That is what the test waits for.
        }
    }

    /** The member may take its time; it is the peer who may not. */
    @Test
    void an_answer_may_take_longer_than_a_request() throws IOException, InterruptedException {
        Socket socket = connect();
        send(socket, "GET /hold HTTP/1.1\r\nConnection: close\r\n\r\n");
        Consumer<Answer> answer = held.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        socket.setSoTimeout(2 * IDLE_MS);
        boolean isOpen;
        try {
            isOpen = socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException stillOpen) {
            isOpen = true;
        }
        assertThat(isOpen).isTrue();
        answer.accept(new Answer(200, "text/plain", "late"));

        socket.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("late");
    }

    private String exchange(String bytes) throws IOException {
        Socket socket = connect();
        send(socket, bytes);
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            socket.close();
        }
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        return socket;
    }
}
