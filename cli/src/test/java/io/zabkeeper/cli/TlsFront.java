package io.zabkeeper.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Stands in front of a server that speaks plain TCP, and speaks TLS with its clients. */
final class TlsFront implements AutoCloseable {
    private final SSLServerSocket entrance;
    private final int serverPort;

    private TlsFront(SSLServerSocket entrance, int serverPort) {
        this.entrance = entrance;
        this.serverPort = serverPort;
    }

    /** @param isClientAsked whether a client must say who it is */
    static TlsFront to(String server, SSLContext context, boolean isClientAsked) throws IOException {
        SSLServerSocket entrance = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        entrance.setNeedClientAuth(isClientAsked);
        TlsFront front = new TlsFront(entrance, Integer.parseInt(server.substring(server.indexOf(':') + 1)));
        front.spawn(front::acceptAll);
        return front;
    }

    String hosts() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            spawn(() -> copy(client, server));
            spawn(() -> copy(server, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private void spawn(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A closed socket, or a handshake that failed, is how each of these threads ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
