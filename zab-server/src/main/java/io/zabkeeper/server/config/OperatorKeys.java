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

    /** ZooKeeper's providers of metrics without a port: the metrics that words and commands show are there anyway. */
    private static final Set<String> INNER_METRICS = Set.of(
            "org.apache.zookeeper.metrics.impl.DefaultMetricsProvider",
            "org.apache.zookeeper.metrics.impl.NullMetricsProvider");

    /** ZooKeeper's classes of schemes that are always there, and what to say about the others. */
    private static final Map<String, String> SCHEMES = new TreeMap<>(Map.of(
            "DigestAuthenticationProvider", "",
            "IPAuthenticationProvider", "",
            "SASLAuthenticationProvider",
                    "there is no SASL; a client that tries it is answered as by a server without a" + " login",
            "X509AuthenticationProvider", "there is no TLS yet",
            "EnsembleAuthenticationProvider", "there is no scheme ensemble",
            "KeyAuthenticationProvider", "there is no scheme auth by key"));

    private static final String SCHEME_PACKAGE = "org.apache.zookeeper.server.auth.";

    private final Settings settings;
    private final List<String> warnings;

    OperatorKeys(Settings settings, List<String> warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    Security security() throws ConfigException {
        for (Setting provider : settings.withPrefixAnywhere("authProvider.")) {
            tell(provider);
        }
        return new Security(superDigest(), digestAlgorithm(), enforcedSchemes(), settings.flag("audit.enable", false));
    }

    private void tell(Setting provider) {
        String name = provider.value();
        String instead = name.startsWith(SCHEME_PACKAGE) ? SCHEMES.get(name.substring(SCHEME_PACKAGE.length())) : null;
        if (instead == null) {
            instead = "classes are not loaded; the schemes are world, auth, digest and ip";
        }
        if (!instead.isEmpty()) {
            warnings.add(provider.where() + " is accepted, but " + instead + ".");
        }
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

    /** Whatever the list says, {@code srvr} is answered: scripts that start and stop servers live on it. */
    private List<String> words() throws ConfigException {
        Setting words = settings.find("4lw.commands.whitelist");
        List<String> allowed = new ArrayList<>(List.of("srvr"));
        for (String word : words == null ? new String[0] : words.value().split(",", -1)) {
            String name = word.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !allowed.contains(name)) {
                allowed.add(name);
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
        boolean isExported = provider != null && provider.value().equals(PROMETHEUS);
        if (provider != null && !isExported && !INNER_METRICS.contains(provider.value())) {
            warnings.add(
                    provider.where() + " is accepted, but classes are not loaded; the metrics are in the word mntr.");
        }
        return new Metrics(
                isExported,
                host == null ? Endpoint.ANY_HOST : Endpoint.unbracketed(host.text()),
                settings.number("metricsProvider.httpPort", 7000, 0, Endpoint.HIGHEST_PORT),
                settings.flag("metricsProvider.exportJvmInfo", true));
    }
}
