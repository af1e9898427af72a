package io.zabkeeper.server.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way of a client to one member; a shut door drops who is inside and refuses who comes. */
final class Door implements AutoCloseable {
    private final ServerSocket entrance;
    private final int targetPort;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private volatile boolean isShut;

    private Door(ServerSocket entrance, int targetPort) {
        this.entrance = entrance;
        this.targetPort = targetPort;
    }

    static Door to(int targetPort) throws IOException {
        Door door = new Door(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), targetPort);
        door.spawn(door::letIn);
        return door;
    }

    String address() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    boolean isUsed() {
        return !clients.isEmpty();
    }

    void shut() throws IOException {
        isShut = true;
        for (Socket client : clients) {
            client.close();
        }
    }

    void open() {
        isShut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        shut();
    }

    private void letIn() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            if (isShut) {
                client.close();
            } else {
                spawn(() -> serve(client));
            }
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            clients.add(client);
            spawn(() -> {
                try (client;
                        server) {
                    copy(server, client);
                }
            });
            if (!isShut) {
                copy(client, server);
            }
        } finally {
            clients.remove(client);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            out.write(bytes, 0, length);
        }
    }

    private void spawn(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
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
