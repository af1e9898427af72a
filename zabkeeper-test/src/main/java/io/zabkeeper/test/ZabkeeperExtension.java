package io.zabkeeper.test;

import io.zabkeeper.client.ZabClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestEnsemble}: in a static field one for the class with what is nested in it, in an instance field
 * one for each test.
 *
 * <p>In front of each test all faults of the one before are taken back; znodes stay. A parameter of type {@link ZabClient}
 * becomes a client with a session, the same one for all parameters of one test, closed behind the test; for a lifecycle
 * method of the class it lives as long as the class. A parameter of type {@link TestEnsemble} becomes the ensemble.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(3);
 *
 * @Test
 * void a_leader_may_die(ZabClient client) {
 *     zabkeeper.ensemble().killLeader();
 *     client.create("/a", null);
 * }
 * }</pre>
 */
public final class ZabkeeperExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final int members;
    private final Map<String, String> settings;
    private final Map<String, ZabClient> clients = new ConcurrentHashMap<>();

    // Guarded by this: classes that are nested in one another may be prepared at the same time.
    private @Nullable TestEnsemble ensemble;
    private String owner = "";

    private ZabkeeperExtension(int members, Map<String, String> settings) {
        this.members = members;
        this.settings = settings;
    }

    /** An ensemble of so many members, which start with the class or the test. */
    public static ZabkeeperExtension members(int count) {
        return new ZabkeeperExtension(count, Map.of());
    }

    /** The same with a key of the configuration file set for all members, such as {@code enforceQuota}. */
    public ZabkeeperExtension withSetting(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new ZabkeeperExtension(members, more);
    }

    /**
     * The running ensemble.
     *
     * @throws IllegalStateException outside of tests and their lifecycle methods
     */
    public synchronized TestEnsemble ensemble() {
        TestEnsemble running = ensemble;
        if (running == null) {
            throw new IllegalStateException("the ensemble does not run: it starts with the class when the field is"
                    + " static, with each test otherwise, and needs @RegisterExtension");
        }
        return running;
    }

    /** Names all members of the running ensemble, for any client. */
    public String connectString() {
        return ensemble().connectString();
    }

    /** A new client of the running ensemble, which closes it unless somebody did before. */
    public ZabClient client() {
        return ensemble().client();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!startFor(context)) {
            ensemble().healAll();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        endOf(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        endOf(context);
    }

    /** Whether it did not run yet. */
    private synchronized boolean startFor(ExtensionContext context) {
        if (ensemble != null) {
            return false;
        }
        ensemble = TestEnsemble.start(members, settings);
        owner = context.getUniqueId();
        return true;
    }

    private void endOf(ExtensionContext context) {
        ZabClient client = clients.remove(context.getUniqueId());
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            stopFor(context);
        }
    }

    private synchronized void stopFor(ExtensionContext context) {
        TestEnsemble running = ensemble;
        if (running != null && owner.equals(context.getUniqueId())) {
            ensemble = null;
            running.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ZabClient.class || type == TestEnsemble.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestEnsemble running = ensemble();
        return parameter.getParameter().getType() == TestEnsemble.class
                ? running
                : clients.computeIfAbsent(context.getUniqueId(), unused -> running.client());
    }
}
