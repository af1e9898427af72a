package io.zabkeeper.client;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class ApacheOperationsTest extends OperationsSuite {
    @TempDir
    static Path directory;

    private static ApacheServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ApacheServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    String hosts() {
        return server.hosts();
    }
}
