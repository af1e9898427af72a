package io.zabkeeper.server.fuzz;

import com.sun.management.ThreadMXBean;
import io.zabkeeper.server.ZabServer;
import io.zabkeeper.server.config.ConfigException;
import io.zabkeeper.server.config.ConfigFile;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.FreePorts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** A whole standalone member in this process, with its sockets and its disk, and a session that nobody may disturb. */
final class SocketMember implements AutoCloseable {
    /** Nothing takes so long; a connection that is still there has been forgotten. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_THREADS = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path directory = Files.createTempDirectory("fuzz");
    private final int clientPort;
    private final ZabServer server;
    private final ThreadGroup group = new ThreadGroup("member");
    private final List<Long> threads;
    private Socket bystander;
    private int addresses;
    private int xid;

    /** @param moreLines of the configuration */
    SocketMember(String... moreLines) throws IOException, ConfigException {
        clientPort = FreePorts.one();
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + directory.resolve("data"),
                "clientPort=" + clientPort,
                "clientPortAddress=127.0.0.1",
                "4lw.commands.whitelist=*",
                "maxClientCnxns=0"));
        lines.addAll(List.of(moreLines));
        Files.createDirectories(directory.resolve("data"));
        Path config = Files.write(directory.resolve("zab.cfg"), lines);
        server = started(ConfigFile.read(config));
        bystander = Eventually.get("a session", PATIENCE, this::newSession);
        threads = ownThreads();
    }

    /** Its threads belong to a group, as those do that they begin: other members start in this process meanwhile. */
    private ZabServer started(ServerConfig config) {
        FutureTask<ZabServer> start =
                new FutureTask<>(() -> ZabServer.start(config, System::currentTimeMillis, System::nanoTime));
        new Thread(group, start, "start").start();
        try {
            return start.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError("the member does not start", failure);
        }
    }

    private List<Long> ownThreads() {
        Thread[] all = new Thread[MOST_THREADS];
        int count = group.enumerate(all);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(all[i].getId());
        }
        return ids;
    }

    /** What the threads of the member have allocated; those that began later are left out. */
    long allocatedBytes() {
        long sum = 0;
        for (long id : threads) {
            sum += Math.max(0, THREADS.getThreadAllocatedBytes(id));
        }
        return sum;
    }

    int clientPort() {
        return clientPort;
    }

    /** From one of many addresses, so that ports which linger do not run out. */
    Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        int address = ++addresses;
        socket.bind(new InetSocketAddress(
                InetAddress.getByAddress(
                        new byte[] {127, (byte) (1 + (address >> 16 & 0x3f)), (byte) (address >> 8), (byte) address}),
                0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        return socket;
    }

    private Socket newSession() throws IOException {
        Socket socket = connect(clientPort);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(28);
        out.writeInt(0);
        out.writeLong(0);
        out.writeInt(40_000);
        out.writeLong(0);
        out.writeInt(0);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readNBytes(in.readInt());
        return socket;
    }

    /** Another session takes the bystander's place: one that waits for its campaign for a minute has expired. */
    void changeBystander() throws IOException {
        bystander.close();
        bystander = newSession();
    }

    /** Asks the root for its stat in the session that has been there since the last change. */
    void askBystander() throws IOException {
        xid++;
        DataOutputStream out = new DataOutputStream(bystander.getOutputStream());
        out.writeInt(14);
        out.writeInt(xid);
        out.writeInt(3);
        out.writeInt(1);
        out.write(new byte[] {'/', 0});
        DataInputStream in = new DataInputStream(bystander.getInputStream());
        int length = in.readInt();
        int answered = in.readInt();
        in.readNBytes(length - Integer.BYTES);
        if (answered != xid) {
            throw new AssertionError("the bystander hears " + answered + " instead of " + xid);
        }
    }

    @Override
    public void close() throws IOException {
        bystander.close();
        server.stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
