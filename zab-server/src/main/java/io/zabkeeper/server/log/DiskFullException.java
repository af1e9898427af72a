package io.zabkeeper.server.log;

import java.io.IOException;

/** There is no room. The one disk error that can heal by itself. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1;

    public DiskFullException(String message) {
        super(message);
    }
}
