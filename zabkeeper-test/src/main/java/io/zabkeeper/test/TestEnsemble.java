package io.zabkeeper.test;

import io.zabkeeper.client.ConnectionState;
import io.zabkeeper.client.SessionTicket;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.nio.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members in this process, with a disk that is thrown away and faults on demand.
 *
 * <p>Clients reach each member through a relay in front of it. What is between a client and a member can be slow, silent or
 * cut; what is between members cannot. The members are those of production, with short ticks. They keep the promise to end
 * the process rather than to go on without a disk or without certainty: a full disk ends the test's JVM, with a line on
 * stderr that says why.
 *
 * <p>The JVM needs {@code --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED}.
 *
 * <p>Safe for use by many threads. What waits does so for half a minute at most and throws a {@link TestEnsembleException}
 * that says what did not come.
 *
 * <pre>{@code
 * try (TestEnsemble ensemble = TestEnsemble.start(3); ZabClient client = ensemble.client()) {
 *     client.create("/a", null);
 *     ensemble.killLeader();
 *     client.sync("/a");
 * }
 * }</pre>
 */
public final class TestEnsemble implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TestEnsemble.class);

    private static final int MOST_MEMBERS = 9;

    /** How long open clients have to say goodbye. */
    private static final int FAREWELL_MS = 3000;

    private final Members members;
    private final List<ZabClient> clients = new CopyOnWriteArrayList<>();
    private boolean isClosed;

    private TestEnsemble(Members members) {
        this.members = members;
    }

    /** Starts so many members, and returns when all of them serve. */
    public static TestEnsemble start(int members) {
        return start(members, Map.of());
    }

    /**
     * Starts so many members with settings of their own.
     *
     * @param settings keys of the configuration file, such as {@code enforceQuota}, the same for all members
     * @throws IllegalArgumentException if a setting is refused; the message says why
     * @throws TestEnsembleException if the members cannot start, or do not serve in time
     */
    public static TestEnsemble start(int members, Map<String, String> settings) {
        if (members < 1 || members > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "an ensemble for tests has 1 to " + MOST_MEMBERS + " members, not " + members);
        }
        requireOpenPackages();
        return new TestEnsemble(Members.start(members, MemberFiles.settings(settings)));
    }

    /** The members map their checkpoints into direct buffers by way of what Java keeps closed. */
    private static void requireOpenPackages() {
        Module java = Buffer.class.getModule();
        Module ours = TestEnsemble.class.getModule();
        if (!java.isOpen("java.nio", ours) || !java.isOpen("sun.nio.ch", ours)) {
            throw new TestEnsembleException("this JVM needs --add-opens java.base/java.nio=ALL-UNNAMED"
                    + " --add-opens java.base/sun.nio.ch=ALL-UNNAMED; write them into argLine of Surefire, or jvmArgs of"
                    + " Gradle's test task");
        }
    }

    /** All members, running or not, by their numbers. */
    public List<EnsembleMember> members() {
        return members.all();
    }

    /**
     * The member with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public EnsembleMember member(int id) {
        List<EnsembleMember> all = members.all();
        if (id < 1 || id > all.size()) {
            throw new IllegalArgumentException("there is no member " + id + "; they are 1 to " + all.size());
        }
        return all.get(id - 1);
    }

    /** Names all members, for any client; stays the same while members come and go. */
    public String connectString() {
        return members.all().stream().map(EnsembleMember::connectString).collect(Collectors.joining(","));
    }

    /** A new client with a session. It ends with the ensemble unless it is closed before. */
    public ZabClient client() {
        return client(connectString());
    }

    /** A new client with a session that talks to this member alone. It ends with the ensemble unless it is closed before. */
    public ZabClient client(EnsembleMember member) {
        return client(members.own(member).connectString());
    }

    private ZabClient client(String hosts) {
        members.requireOpen();
        ZabClient client =
                ZabClient.builder().hosts(hosts).connectTimeout(Await.LIMIT).connect();
        clients.add(client);
        return client;
    }

    /**
     * Ends a client's session as if it had expired, and waits until the client has learned that it is lost.
     *
     * @throws IllegalStateException if the session is over already, or if this is the client's callback thread, which must
     *     not wait for itself
     */
    public void expireSession(ZabClient client) {
        if (client.isCallbackThread()) {
            throw new IllegalStateException("called by the client's own callback thread, which would wait for itself");
        }
        new SessionEnd(members.runningHosts(), client.ticket()).enforce();
        Await.until(
                "the client knows that its session has expired",
                () -> client.state() == ConnectionState.LOST,
                () -> "it is " + client.state() + "; is its traffic held up?");
    }

    /**
     * Ends any client's session as if it had expired. The client learns of it when it connects again, which it is made to do.
     *
     * @param password as the client has it, for Apache's {@code getSessionPasswd()}
     * @throws IllegalStateException if there is no such session, or if the password is not its own
     */
    public void expireSession(long sessionId, byte[] password) {
        new SessionEnd(members.runningHosts(), new SessionTicket(sessionId, Bytes.of(password.clone()))).enforce();
    }

    /** Breaks the connections of all clients to all members; they may connect again at once. */
    public void dropConnections() {
        members.drop();
    }

    /** Breaks a client's connection; when it has none at the moment, as soon as it has one. */
    public void dropConnections(ZabClient client) {
        dropConnections(client.sessionId());
    }

    /** Breaks the connection of any client's session; when it has none at the moment, as soon as it has one. */
    public void dropConnections(long sessionId) {
        String name = "session 0x" + Long.toHexString(sessionId);
        Await.until(
                name + " has a connection, to be dropped",
                () -> members.drop(sessionId) > 0,
                () -> "it has none through " + connectString());
    }

    /** The member that leads, or the only one; waits until there is one. */
    public EnsembleMember leader() {
        return members.leader();
    }

    /** Kills the member that leads, and tells which it was. The others have no leader when this returns, or another one. */
    public EnsembleMember killLeader() {
        EnsembleMember leader = leader();
        leader.kill();
        return leader;
    }

    /**
     * Kills a member: its clients' connections break at once, and nothing that was under way is answered. What it has on
     * disk stays. A member that does not run stays as it is.
     */
    public void kill(EnsembleMember member) {
        members.own(member).kill();
    }

    /**
     * Starts a member with what it has on disk; one that runs is killed first. Waits until it serves when enough members run
     * for a majority.
     */
    public void restart(EnsembleMember member) {
        members.own(member).kill();
        members.start(List.of(member));
    }

    /**
     * Makes everything between clients and a member take longer, what is under way too.
     *
     * @param each in either direction: a round trip takes twice as much longer; zero for as fast as it goes
     */
    public void delay(EnsembleMember member, Duration each) {
        if (each.isNegative()) {
            throw new IllegalArgumentException("a delay of " + each + " would be a look into the future");
        }
        members.own(member).relay().delay(each.toNanos());
    }

    /**
     * Holds up everything between clients and a member, as a network does that has parted: connections stay open, new ones
     * are accepted, and nothing passes, nor does the end of a connection. Nothing is lost, {@link #heal} lets it pass.
     */
    public void isolate(EnsembleMember member) {
        members.own(member).relay().isolate(true);
    }

    /** Takes {@link #isolate} back. */
    public void heal(EnsembleMember member) {
        members.own(member).relay().isolate(false);
    }

    /** Takes all faults back: everything passes, without delay, and all members run and serve. */
    public void healAll() {
        members.letPass();
        members.start(
                members.all().stream().filter(member -> !member.isRunning()).toList());
    }

    /** Ends the clients that are still open, then the members, and removes their data. Further calls do nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        try {
            members.letPass();
            farewell();
        } finally {
            members.close();
        }
    }

    /** A client that cannot say goodbye in time finds nobody any more, and gives up by itself. */
    private void farewell() {
        CompletableFuture<?>[] farewells =
                clients.stream().map(ZabClient::closeAsync).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(farewells).get(FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.debug("clients are left open", late);
        }
    }
}
