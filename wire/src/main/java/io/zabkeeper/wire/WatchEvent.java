package io.zabkeeper.wire;

/** A change at a watched path, pushed by the server. The path is the server's, a chroot is the client's business. */
public record WatchEvent(EventType type, KeeperState state, String path) {
    /** As servers send it. */
    public WatchEvent(EventType type, String path) {
        this(type, KeeperState.SYNC_CONNECTED, path);
    }
}
