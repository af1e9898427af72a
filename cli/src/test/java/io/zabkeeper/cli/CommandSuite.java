package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Commands against Apache ZooKeeper: one server for each class of tests, one znode for each test. */
abstract class CommandSuite {
    /** The directory in which the commands run; the server's data is there too. */
    @TempDir
    static Path dir;

    private static ApacheZooKeeper zooKeeper;

    /** Each test has a znode of its own to work below. */
    String home = "";

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        zooKeeper = ApacheZooKeeper.start(dir);
    }

    @AfterAll
    static void stopServer() {
        zooKeeper.close();
    }

    @BeforeEach
    void makeHome(TestInfo test) {
        home = "/" + test.getTestMethod().orElseThrow().getName();
        zab("create", home);
    }

    static String connectString() {
        return zooKeeper.connectString();
    }

    static CommandRun zab(String... arguments) {
        return zabFed("", arguments);
    }

    /** @param in what the command finds on stdin */
    static CommandRun zabFed(String in, String... arguments) {
        return CommandRun.of(environment(), in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    /** @param answers what somebody types at a terminal */
    static CommandRun zabAsked(String answers, String... arguments) {
        return CommandRun.of(environment(), answers.getBytes(StandardCharsets.UTF_8), true, arguments);
    }

    private static Environment environment() {
        return new Environment(null, dir, Map.of("ZAB_SERVERS", zooKeeper.connectString()));
    }
}
