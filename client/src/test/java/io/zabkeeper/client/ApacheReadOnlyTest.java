package io.zabkeeper.client;

import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class ApacheReadOnlyTest extends ReadOnlySuite {
    @TempDir
    static Path directory;

    private static TestEnsemble ensemble;
    private static ApacheServer whole;

    /** ZooKeeper's members serve reads also if they have never seen one another, and read-only sessions only as local ones. */
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        whole = ApacheServer.start(directory);
        ensemble = TestEnsemble.configured(
                Program.APACHE,
                3,
                "tickTime=500",
                "admin.enableServer=false",
                "localSessionsEnabled=true",
                "-Dreadonlymode.enabled=true");
        ensemble.member(1).start();
        Eventually.until("reads are served", ApacheReadOnlyTest::isReadOnly);
    }

    private static boolean isReadOnly() {
        try {
            return ensemble.member(1).ask("isro").equals("ro");
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        ensemble.close();
        whole.close();
    }

    @Override
    String cutOff() {
        return ensemble.member(1).address();
    }

    @Override
    String whole() {
        return whole.hosts();
    }
}
