package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApacheLowLevelTest extends LowLevelSuite {
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

    @Test
    void has_no_extensions_to_grant() {
        ZabClient offering = open(builder().offerExtensions());

        assertThat(offering.lowLevel().extensions()).isEmpty();
        assertThat(offering.lowLevel().removeRecursive("/a", 1))
                .failsWithin(Eventually.SOON)
                .withThrowableThat()
                .withMessageContaining("the server has not granted the extension REMOVE_RECURSIVE");
        assertThat(offering.exists("/")).isPresent();
    }

    @Override
    String hosts() {
        return server.hosts();
    }
}
