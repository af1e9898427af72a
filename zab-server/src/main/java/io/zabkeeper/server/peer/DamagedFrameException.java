package io.zabkeeper.server.peer;

import java.io.IOException;

/** A peer sent bytes that are not a frame of ours. The link is closed, nothing else happens (N18, M8). */
final class DamagedFrameException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedFrameException(String message) {
        super(message);
    }
}
