package io.zabkeeper.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a member says of itself when it is asked {@code srvr}. */
enum MemberMode {
    STANDALONE,
    LEADER,
    FOLLOWER,
    /** It listens, but has no leader. */
    NOT_SERVING,
    /** Nobody answers. */
    DOWN;

    private static final int PATIENCE_MS = 1000;
    private static final byte[] WORD = "srvr".getBytes(StandardCharsets.US_ASCII);

    /** Asks the member that listens at this port of the loopback interface; takes two seconds at most. */
    static MemberMode ask(int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.getOutputStream().write(WORD);
            return of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException silent) {
            return DOWN;
        }
    }

    static MemberMode of(String answer) {
        for (MemberMode mode : List.of(STANDALONE, LEADER, FOLLOWER)) {
            if (answer.contains("\nMode: " + mode.name().toLowerCase(Locale.ROOT) + "\n")) {
                return mode;
            }
        }
        return NOT_SERVING;
    }

    boolean isServing() {
        return isLeading() || this == FOLLOWER;
    }

    boolean isLeading() {
        return this == LEADER || this == STANDALONE;
    }
}
