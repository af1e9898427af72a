package io.zabkeeper.server.config;

import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.server.config.ServerConfig.Containers;
import io.zabkeeper.server.config.ServerConfig.Ensemble;
import io.zabkeeper.server.config.ServerConfig.Listeners;
import io.zabkeeper.server.config.ServerConfig.Sessions;
import io.zabkeeper.server.config.ServerConfig.Storage;
import io.zabkeeper.server.config.ServerConfig.Timing;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file in ZooKeeper's form, and {@code myid} beside the data, turned into one {@link ServerConfig}.
 *
 * <p>Refuses instead of guessing: an unknown key, a key written twice, a number out of range. Each refusal is a
 * {@link ConfigException} with file, line, key, value and what is expected. Names are not resolved, nothing is created.
 */
public final class ConfigFile {
    private static final int LONGEST_TICK_MS = 60_000_000;
    static final int ANY = Integer.MAX_VALUE;
    private static final long MIB = 1 << 20;

    private final Settings settings;
    private final List<String> warnings = new ArrayList<>();

    ConfigFile(Settings settings) {
        this.settings = settings;
    }

    /** Reads a file and the system properties that ZooKeeper's users know. */
    public static ServerConfig read(Path file) throws ConfigException {
        Map<String, String> properties = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name, ""));
        }
        return read(file, properties);
    }

    /** Reads a file with something else in the place of the system properties. */
    public static ServerConfig read(Path file, Map<String, String> properties) throws ConfigException {
        return new ConfigFile(settings(file, properties)).config();
    }

    static Settings settings(Path file, Map<String, String> properties) throws ConfigException {
        List<Setting> settings = PropertiesText.parse(file.toString(), text(file));
        return new Settings(file.toString(), withMembers(settings), properties);
    }

    /** ZooKeeper moves the members into a file of their own when they may change at run time. */
    private static List<Setting> withMembers(List<Setting> settings) throws ConfigException {
        Setting other = null;
        for (Setting setting : settings) {
            other = setting.key().equals(EnsembleKeys.DYNAMIC) ? setting : other;
        }
        if (other == null) {
            return settings;
        }
        for (Setting setting : settings) {
            if (EnsembleKeys.isMembership(setting)) {
                throw setting.refused("the members are in " + other.value() + ", see line " + other.line()
                        + "; write them in one file");
            }
        }
        List<Setting> all = new ArrayList<>(settings);
        for (Setting setting : PropertiesText.parse(other.text(), text(Path.of(other.text())))) {
            if (!EnsembleKeys.isMembership(setting)) {
                throw setting.refused("expected server.N lines only in the file for the members");
            }
            all.add(setting);
        }
        return all;
    }

    static String text(Path file) throws ConfigException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file.toString(), 0, "", null, "there is no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.toString(), 0, "", null, "the file is not UTF-8");
        } catch (IOException e) {
            throw new ConfigException(file.toString(), 0, "", null, "the file cannot be read: " + e);
        }
    }

    ServerConfig config() throws ConfigException {
        Agreed agreed = agreed();
        Storage storage = storage();
        Timing timing = timing();
        Ensemble ensemble = new EnsembleKeys(settings, agreed.extendedTypes(), warnings).read(storage.dataDir());
        LimitKeys limits = new LimitKeys(settings);
        OperatorKeys operators = new OperatorKeys(settings, warnings);
        ServerConfig config = new ServerConfig(
                listeners(ensemble),
                ensemble,
                timing,
                storage,
                agreed,
                limits.limits(),
                limits.throttling(),
                limits.handshakes(),
                sessions(),
                containers(),
                operators.security(),
                operators.admin(),
                operators.metrics(),
                List.of());
        warnings.addAll(KnownKeys.accept(settings.rest()));
        return config.withWarnings(warnings);
    }

    private Agreed agreed() throws ConfigException {
        Agreed otherwise = Agreed.DEFAULT;
        return new Agreed(
                settings.flag("extendedTypesEnabled", otherwise.extendedTypes()),
                settings.flag("enforceQuota", otherwise.enforceQuota()),
                settings.flag("DigestAuthenticationProvider.enabled", otherwise.digestScheme()),
                settings.number("zab.maxPathLevels", otherwise.pathLevels(), 1, ANY),
                settings.number("zab.maxAclEntries", otherwise.aclEntries(), 1, ANY),
                settings.number("zab.maxMultiOperations", otherwise.multiOperations(), 1, ANY));
    }

    private Sessions sessions() throws ConfigException {
        return new Sessions(
                settings.number("nio.sessionlessCnxnTimeout", 10_000, 1, ANY),
                settings.flag("readonlymode.enabled", false),
                settings.flag("localSessionsEnabled", false),
                settings.flag("localSessionsUpgradingEnabled", false));
    }

    private Containers containers() throws ConfigException {
        return new Containers(
                settings.number("znode.container.checkIntervalMs", 60_000, 1, ANY),
                settings.number("znode.container.maxPerMinute", 10_000, 1, ANY),
                settings.longNumber("znode.container.maxNeverUsedIntervalMs", 0, 0, Long.MAX_VALUE));
    }

    private Storage storage() throws ConfigException {
        Setting dataDir = settings.find("dataDir");
        if (dataDir == null) {
            throw settings.missing("dataDir", "missing; expected the directory for the checkpoint and myid");
        }
        Path data = path(dataDir);
        Setting logDir = settings.find("dataLogDir");
        return new Storage(
                data,
                logDir == null ? data : path(logDir),
                settings.longNumber("zab.segmentBytes", 64 * MIB, MIB, 1024 * MIB),
                settings.number("zab.checkpointMs", 5_000, 100, ANY),
                settings.longNumber("zab.checkpointLogBytes", 32 * MIB, MIB, Long.MAX_VALUE));
    }

    private static Path path(Setting setting) throws ConfigException {
        Path path;
        try {
            path = Path.of(setting.text());
        } catch (InvalidPathException e) {
            throw setting.refused("expected a directory: " + e.getReason());
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw setting.refused("expected a directory, this is a file");
        }
        return path;
    }

    private Timing timing() throws ConfigException {
        int tickMs = settings.number("tickTime", 3000, 1, LONGEST_TICK_MS);
        int least = sessionTimeout("minSessionTimeout", 2 * tickMs);
        int most = sessionTimeout("maxSessionTimeout", 20 * tickMs);
        if (least > most) {
            throw blamed("minSessionTimeout", "maxSessionTimeout")
                    .refused("minSessionTimeout is " + least + " ms and maxSessionTimeout is " + most
                            + " ms; the first must not be larger");
        }
        int heartbeatMs = settings.number("zab.heartbeatMs", 100, 1, LONGEST_TICK_MS);
        int silenceMs = settings.number("zab.leaderSilenceMs", 1500, 2, LONGEST_TICK_MS);
        if (silenceMs < 2 * heartbeatMs) {
            throw blamed("zab.leaderSilenceMs", "zab.heartbeatMs")
                    .refused("zab.leaderSilenceMs is " + silenceMs + " and zab.heartbeatMs is " + heartbeatMs
                            + "; the first must be at least twice the second");
        }
        return new Timing(
                tickMs,
                settings.number("initLimit", 10, 1, ANY),
                settings.number("syncLimit", 5, 1, ANY),
                least,
                most,
                heartbeatMs,
                silenceMs,
                settings.number("zab.finalizeWaitMs", 200, 0, LONGEST_TICK_MS));
    }

    private int sessionTimeout(String key, int otherwise) throws ConfigException {
        int set = settings.number(key, -1, -1, ANY);
        if (set == 0) {
            throw blamed(key, key).refused("expected a number of milliseconds from 1, or -1 for the default");
        }
        return set == -1 ? otherwise : set;
    }

    /** The first of the two that is written; only asked when one of them is. */
    private Setting blamed(String key, String other) throws ConfigException {
        Setting setting = settings.find(key);
        if (setting == null) {
            setting = settings.find(other);
        }
        if (setting == null) {
            throw new IllegalStateException("the defaults of " + key + " and " + other + " contradict each other");
        }
        return setting;
    }

    private Listeners listeners(Ensemble ensemble) throws ConfigException {
        Member self = ensemble.members().stream()
                .filter(member -> member.id().equals(ensemble.self()))
                .findFirst()
                .orElse(null);
        if (self != null && self.secureClient() != null) {
            throw settings.missing("server." + self.id(), "TLS is not supported yet; remove the second client port");
        }
        boolean everywhere = settings.flag("quorumListenOnAllIPs", false);
        Endpoint peer = null;
        if (self != null && !ensemble.isStandalone()) {
            peer = everywhere ? new Endpoint(Endpoint.ANY_HOST, self.peer().port()) : self.peer();
        }
        return new Listeners(
                client(self, peer),
                peer,
                settings.number("clientPortListenBacklog", -1, -1, ANY),
                settings.number("zab.ioThreads", 0, 0, 256),
                settings.flag("clientTcpKeepAlive", false),
                settings.flag("tcpKeepAlive", false));
    }

    private Endpoint client(@Nullable Member self, @Nullable Endpoint peer) throws ConfigException {
        Setting port = settings.find("clientPort");
        Setting address = settings.find("clientPortAddress");
        Endpoint inLine = self == null ? null : self.client();
        if (port == null) {
            if (address != null) {
                throw address.refused("expected clientPort too");
            }
            if (inLine == null) {
                throw settings.missing("clientPort", "missing; expected the port for clients, here or in server.N");
            }
            return inLine;
        }
        Endpoint client = new Endpoint(address == null ? Endpoint.ANY_HOST : Endpoint.unbracketed(address.text()), (int)
                port.number(1, Endpoint.HIGHEST_PORT));
        if (inLine != null) {
            return agreed(port, client, inLine);
        }
        if (peer != null && self != null && (client.port() == peer.port() || client.port() == self.electionPort())) {
            throw port.refused("server." + self.id() + " already uses the port for the other members");
        }
        return client;
    }

    /** Both may be written when they say the same; the narrower address counts. */
    private static Endpoint agreed(Setting port, Endpoint client, Endpoint inLine) throws ConfigException {
        if (client.port() == inLine.port()) {
            if (client.isAnyHost() || client.host().equals(inLine.host())) {
                return inLine;
            }
            if (inLine.isAnyHost()) {
                return client;
            }
        }
        throw port.refused(
                "the clients' port is " + client + " here and " + inLine + " in this server's own line; write it once");
    }
}
