package io.zabkeeper.server;

import io.zabkeeper.server.config.ConfigException;
import io.zabkeeper.server.config.ConfigFile;
import io.zabkeeper.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member in the foreground: {@code zab-server FILE}. The clocks are made here, everything else is given them. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            FailStop.halt(FailStop.Cause.USAGE, "usage: zab-server FILE, a configuration file in ZooKeeper's form");
            return;
        }
        ServerConfig config;
        try {
            config = ConfigFile.read(Path.of(arguments[0]));
        } catch (ConfigException refused) {
            FailStop.halt(FailStop.Cause.USAGE, String.valueOf(refused.getMessage()));
            return;
        }
        config.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
        try {
            ZabServer server = ZabServer.start(config, System::currentTimeMillis, System::nanoTime);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "shutdown"));
        } catch (IOException failure) {
            FailStop.halt(FailStop.Cause.ENVIRONMENT, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error failure) {
            FailStop.halt(FailStop.Cause.INVARIANT, "start fails", failure);
        }
    }
}
