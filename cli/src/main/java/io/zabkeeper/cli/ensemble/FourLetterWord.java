package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server's client port one of the plain-text questions of ZooKeeper's protocol. */
final class FourLetterWord {
    /** Longer than any answer to a word that is asked here; a stranger's port may talk without end. */
    private static final int MAX_ANSWER_BYTES = 1 << 16;

    private FourLetterWord() {}

    /**
     * What the server answers before it closes the connection.
     *
     * @throws IOException when nobody answers in time
     */
    static String ask(HostPort server, String word, Asking asking) throws IOException {
        try (Socket socket = asking.open(server)) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
    }
}
