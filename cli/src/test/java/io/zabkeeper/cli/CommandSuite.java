package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

    static ApacheZooKeeper zooKeeper;

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

    /** @param disturbance what others do when the command has read, and before it commits */
    static CommandRun zabDisturbed(Runnable disturbance, String... arguments) {
        return CommandRun.of(environment(), target -> disturbed(ClientSession.open(target), disturbance), arguments);
    }

    private static Session disturbed(Session session, Runnable disturbance) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        disturbance.run();
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static Environment environment() {
        return new Environment(null, dir, Map.of("ZAB_SERVERS", zooKeeper.connectString()));
    }
}
