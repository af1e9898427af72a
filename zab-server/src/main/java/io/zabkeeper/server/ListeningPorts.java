package io.zabkeeper.server;

import io.netty.channel.Channel;
import java.util.function.Consumer;

/**
 * Watches over the ports that this member listens on. A leader whose peers cannot reach it any more, while it goes on to
 * reach them, would keep an office in which nobody can join it (ZK-4203): a port that is lost ends the member.
 */
final class ListeningPorts {
    private final Consumer<String> lost;
    private volatile boolean closing;

    /** @param lost told once the name of each port that was closed by something else than {@link #close} */
    ListeningPorts(Consumer<String> lost) {
        this.lost = lost;
    }

    /** @param listener bound already */
    void watch(String name, Channel listener) {
        listener.closeFuture().addListener(closed -> {
            if (!closing) {
                lost.accept(name);
            }
        });
    }

    /** From now on ports may be closed. */
    void close() {
        closing = true;
    }
}
