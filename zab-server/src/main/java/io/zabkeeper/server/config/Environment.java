package io.zabkeeper.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The machine and the JVM, as ZooKeeper tells them at the start and on {@code envi}. */
public final class Environment {
    private static final long MIB = 1 << 20;
    private static final List<String> PROPERTIES = List.of(
            "java.version",
            "java.vendor",
            "java.home",
            "java.class.path",
            "java.library.path",
            "java.io.tmpdir",
            "java.compiler",
            "os.name",
            "os.arch",
            "os.version",
            "user.name",
            "user.home",
            "user.dir");

    /** Parts of names behind which there are credentials. */
    private static final List<String> SECRET =
            List.of("password", "passwd", "secret", "superdigest", "credential", "token");

    private Environment() {}

    /** In the order of {@code envi}; asks the resolver for this machine's name, so not on the replica loop. */
    public static Map<String, String> read() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("host.name", hostName());
        for (String property : PROPERTIES) {
            values.put(property, System.getProperty(property, "<NA>"));
        }
        Runtime runtime = Runtime.getRuntime();
        values.put("os.memory.free", runtime.freeMemory() / MIB + "MB");
        values.put("os.memory.max", runtime.maxMemory() / MIB + "MB");
        values.put("os.memory.total", runtime.totalMemory() / MIB + "MB");
        return Collections.unmodifiableMap(values);
    }

    /** Every system property, in the order of their names; the value of one that may be a secret is not told. */
    public static Map<String, String> properties() {
        Properties properties = System.getProperties();
        Map<String, String> values = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            values.put(name, isSecret(name) ? "..." : properties.getProperty(name, ""));
        }
        return Collections.unmodifiableMap(values);
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "<NA>";
        }
    }
}
