package io.zabkeeper.server.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the foreign clients are on this machine. A test whose client is missing is skipped, with a word; under {@code CI=true} it
 * fails, because there {@code .ci/run} has installed them all.
 */
final class Installed {
    private static final Path ROOT = Path.of(System.getProperty("zabkeeper.root", ".."));
    private static final Path SOURCES = ROOT.resolve("zab-server/src/test");
    private static final Path CLIENTS = ROOT.resolve("zab-server/target/clients");
    private static final String PYTHON = "/usr/bin/python3";

    private Installed() {}

    /** The command for a script with kazoo. */
    static List<String> kazoo(String script) throws IOException, InterruptedException {
        need("python3-kazoo", answers(PYTHON, "-c", "import kazoo"));
        return List.of(PYTHON, "-u", SOURCES.resolve("python").resolve(script).toString());
    }

    /** The command for a script with node-zookeeper-client. */
    static List<String> node(String script) throws IOException, InterruptedException {
        Path modules = CLIENTS.resolve("node/node_modules");
        need("node-zookeeper-client", Files.isDirectory(modules.resolve("node-zookeeper-client")));
        need("nodejs", answers("node", "--version"));
        return List.of(
                "env",
                "NODE_PATH=" + modules.toAbsolutePath(),
                "node",
                SOURCES.resolve("javascript").resolve(script).toString());
    }

    /** The command for a program with the C client, which is compiled first. */
    static List<String> c(String source, Path directory) throws IOException, InterruptedException {
        need("gcc", answers("cc", "--version"));
        need("libzookeeper-mt-dev", Files.exists(Path.of("/usr/include/zookeeper/zookeeper.h")));
        Path program = directory.resolve("script");
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-std=gnu11",
                        "-Wall",
                        "-Werror",
                        "-DTHREADED",
                        "-o",
                        program.toString(),
                        SOURCES.resolve("c").resolve(source).toString(),
                        "-lzookeeper_mt",
                        "-lpthread")
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new AssertionError(source + " does not compile");
        }
        return List.of(program.toString());
    }

    /** The command for a Java program with a client of its own, and nothing else but the classes of the tests. */
    static List<String> java(Class<?> script, String classPath) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                script.getName());
    }

    /** The class path of the client of ZooKeeper 3.4.12; 3.4.13 and 3.4.14 cannot resolve a host on Java 14 and later. */
    static String oldApache() {
        Path jar = CLIENTS.resolve("zookeeper-3.4.12.jar");
        need("zookeeper-3.4.12.jar", Files.exists(jar));
        return String.join(":", jar.toString(), placeOf(org.slf4j.Logger.class), placeOf(Installed.class));
    }

    private static String placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static void need(String what, boolean isThere) {
        if (isThere) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(what + " is not installed; .ci/run installs it");
        }
        String reason = "SKIPPED: " + what + " is not installed, its client is not tried; .ci/run installs it";
        // The report on the console counts what was skipped, the reason is in a file only.
        System.err.println(reason);
        abort(reason);
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
