package io.zabkeeper.client;

import io.zabkeeper.server.ensemble.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A standalone Zabkeeper in a process of its own. */
final class OwnServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private OwnServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static OwnServer start(Path directory) throws IOException {
        int port = FreePorts.one();
        Path config = directory.resolve("zoo.cfg");
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.write(
                config,
                List.of(
                        "tickTime=200",
                        "maxSessionTimeout=60000",
                        "dataDir=" + data,
                        "clientPort=" + port,
                        "maxClientCnxns=0",
                        "4lw.commands.whitelist=*"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens",
                        "java.base/java.nio=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.zabkeeper.server.Main",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        OwnServer server = new OwnServer(process, port);
        Eventually.until("the server listens", server::isListening);
        return server;
    }

    String hosts() {
        return "127.0.0.1:" + port;
    }

    /** Asks a four-letter word. */
    String ask(String word) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new AssertionError("the server has ended: " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
