package io.zabkeeper.server.config;

import io.zabkeeper.server.config.ServerConfig.Admin;
import io.zabkeeper.server.config.ServerConfig.Http;
import io.zabkeeper.server.config.ServerConfig.Metrics;
import io.zabkeeper.server.config.ServerConfig.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What operators see of a member, and who of its clients may do what. */
final class OperatorKeys {
    /** As ZooKeeper's file names it; the class itself is not needed. */
    static final String PROMETHEUS = "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider";

    private static final String LOOPBACK = "127.0.0.1";

    /** What ZooKeeper's users write, to the Java platform's names; each of them is on every Java 17. */
    private static final Map<String, String> DIGESTS = new TreeMap<>(Map.of(
            "SHA1", "SHA-1",
            "SHA-1", "SHA-1",
            "SHA-224", "SHA-224",
            "SHA-256", "SHA-256",
            "SHA-384", "SHA-384",
            "SHA-512", "SHA-512",
            "SHA3-256", "SHA3-256",
            "SHA3-384", "SHA3-384",
            "SHA3-512", "SHA3-512",
            "MD5", "MD5"));

    /** The schemes by which a client can prove an id on a plain connection. */
    private static final Set<String> PROVABLE = Set.of("digest", "ip");

    private final Settings settings;

    OperatorKeys(Settings settings) {
        this.settings = settings;
    }

    Security security() throws ConfigException {
        return new Security(superDigest(), digestAlgorithm(), enforcedSchemes(), settings.flag("audit.enable", false));
    }

    private @Nullable String superDigest() throws ConfigException {
        Setting digest = settings.find("DigestAuthenticationProvider.superDigest");
        if (digest == null) {
            return null;
        }
        int colon = digest.value().indexOf(':');
        if (colon < 1 || colon == digest.value().length() - 1) {
            throw digest.refused("expected user:base64(sha1(user:password))");
        }
        return digest.value();
    }

    private String digestAlgorithm() throws ConfigException {
        Setting setting = settings.find("DigestAuthenticationProvider.digestAlg");
        if (setting == null) {
            return "SHA-1";
        }
        String algorithm = DIGESTS.get(setting.value().toUpperCase(Locale.ROOT));
        if (algorithm == null) {
            throw setting.refused("expected one of " + String.join(", ", DIGESTS.keySet()));
        }
        return algorithm;
    }

    /** As in ZooKeeper a list without the switch does nothing, and the switch without a list is a mistake. */
    private List<String> enforcedSchemes() throws ConfigException {
        Setting list = settings.find("enforce.auth.schemes");
        Setting enabled = settings.find("enforce.auth.enabled");
        if (enabled == null || !enabled.flag()) {
            return List.of();
        }
        if (list == null) {
            throw enabled.refused("expected enforce.auth.schemes too");
        }
        List<String> schemes = new ArrayList<>();
        for (String scheme : list.text().split(",", -1)) {
            if (!PROVABLE.contains(scheme.strip())) {
                throw list.refused("no client can prove an id of scheme '" + scheme.strip() + "' here; expected digest"
                        + " or ip, or both with a comma between");
            }
            schemes.add(scheme.strip());
        }
        return schemes;
    }

    Admin admin() throws ConfigException {
        return new Admin(words(), http());
    }

    private List<String> words() {
        Setting words = settings.find("4lw.commands.whitelist");
        if (words == null) {
            return List.of("srvr");
        }
        List<String> allowed = new ArrayList<>();
        for (String word : words.value().split(",", -1)) {
            if (!word.isBlank()) {
                allowed.add(word.strip().toLowerCase(Locale.ROOT));
            }
        }
        return allowed;
    }

    /** Whoever names a port or an address wants it served; who names neither must say so. */
    private Http http() throws ConfigException {
        Setting port = settings.find("admin.serverPort");
        Setting address = settings.find("admin.serverAddress");
        Setting url = settings.find("admin.commandURL");
        if (url != null && !url.value().matches("/[^ ?#]*[^ ?#/]")) {
            throw url.refused("expected a path that begins with a slash and does not end with one");
        }
        return new Http(
                settings.flag("admin.enableServer", port != null || address != null),
                address == null ? LOOPBACK : Endpoint.unbracketed(address.text()),
                port == null ? 8080 : (int) port.number(0, Endpoint.HIGHEST_PORT),
                url == null ? "/commands" : url.value(),
                settings.number("admin.idleTimeout", 30_000, 1, ConfigFile.ANY));
    }

    Metrics metrics() throws ConfigException {
        Setting provider = settings.find("metricsProvider.className");
        Setting host = settings.find("metricsProvider.httpHost");
        return new Metrics(
                provider != null && provider.value().equals(PROMETHEUS),
                host == null ? Endpoint.ANY_HOST : Endpoint.unbracketed(host.text()),
                settings.number("metricsProvider.httpPort", 7000, 0, Endpoint.HIGHEST_PORT),
                settings.flag("metricsProvider.exportJvmInfo", true));
    }
}
