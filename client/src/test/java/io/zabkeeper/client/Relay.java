package io.zabkeeper.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and its server, where a network would, and can fail like one. */
public final class Relay implements AutoCloseable {
    private final ServerSocket entrance;
    private final String targetHost;
    private final int targetPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean isRefusing;
    private volatile boolean isSilent;
    private final AtomicInteger accepted = new AtomicInteger();

    private Relay(ServerSocket entrance, String targetHost, int targetPort) {
        this.entrance = entrance;
        this.targetHost = targetHost;
        this.targetPort = targetPort;
    }

    /** To the first of these hosts, {@code host:port}. */
    public static Relay to(String hosts) throws IOException {
        String first = hosts.split(",", -1)[0];
        int colon = first.lastIndexOf(':');
        Relay relay = new Relay(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                first.substring(0, colon),
                Integer.parseInt(first.substring(colon + 1)));
        relay.spawn(relay::acceptAll);
        return relay;
    }

    public String hosts() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    /** Drops all connections; new ones are welcome. */
    public void cut() throws IOException {
        List<Socket> present = List.copyOf(sockets);
        for (Socket socket : present) {
            socket.close();
        }
        sockets.removeAll(present); // And no other one: a client may be back by now.
    }

    /** Drops all connections, and each new one at once, until told otherwise. */
    public void refuse(boolean refusing) throws IOException {
        isRefusing = refusing;
        if (refusing) {
            cut();
        }
    }

    /**
     * Keeps the connections, but what the server says does not arrive, until told otherwise. A connection that has lost
     * something stays silent then, too; so a new one is refused meanwhile, which would be silent for as long as its client
     * waits for a session, perhaps longer than the session lives.
     */
    public void silence(boolean silent) {
        isSilent = silent;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            accepted.incrementAndGet();
            if (isRefusing || isSilent) {
                client.close();
            } else {
                Socket server = new Socket(targetHost, targetPort);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                if (isRefusing) {
                    cut(); // Told so since we looked, and those who told may not have seen this one.
                }
                spawn(() -> copy(client, server, false));
                spawn(() -> copy(server, client, true));
            }
        }
    }

    private void copy(Socket from, Socket to, boolean isReply) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            boolean isLost = false; // No network leaves a hole: what has lost bytes never speaks again.
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                isLost |= isReply && isSilent;
                if (!isLost) {
                    out.write(bytes, 0, length);
                }
            }
        }
    }

    private void spawn(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A closed socket is how each of these threads ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
