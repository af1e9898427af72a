package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.WatchEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the commands need of a session with the service; every call waits for the answer.
 *
 * <p>A call throws {@link CommandFailure} when the service says no, with its error's name, and when the answer is lost.
 */
public interface Session {
    /** A znode's data, which may be none at all, and its stat. */
    record Znode(@Nullable Bytes data, Stat stat) {}

    /** Returns the path as created; a sequential znode's is longer than the one asked for. */
    String create(String path, Bytes data, CreateMode mode) throws InterruptedException;

    Znode get(String path) throws InterruptedException;

    /** A version of -1 stands for any. */
    Stat set(String path, Bytes data, int version) throws InterruptedException;

    /** A version of -1 stands for any. */
    void delete(String path, int version) throws InterruptedException;

    /**
     * Makes several changes that happen all or not at all.
     *
     * @return the stat of what was created or set, one for each change, in their order
     * @throws TransactionRefusal that names the one at fault
     */
    List<Optional<Stat>> commit(List<Change> changes) throws InterruptedException;

    Optional<Stat> stat(String path) throws InterruptedException;

    List<String> children(String path) throws InterruptedException;

    /** As {@link #stat}; the next creation, deletion or change of data is told, once, on another thread. */
    Optional<Stat> watchStat(String path, Consumer<WatchEvent> watcher) throws InterruptedException;

    /** As {@link #children}; the next change of the list, or the deletion, is told, once, on another thread. */
    List<String> watchChildren(String path, Consumer<WatchEvent> watcher) throws InterruptedException;

    /** Who may do what with a znode. */
    List<Acl> acl(String path) throws InterruptedException;

    /** A version of -1 stands for any; it is that of the list, not of the data. */
    Stat setAcl(String path, List<Acl> acl, int version) throws InterruptedException;

    /** What is read behind it is not older than anything that was answered before it. */
    void sync(String path) throws InterruptedException;

    /** Who the client is to the server, its address included. */
    List<ClientInfo> whoAmI() throws InterruptedException;

    /** The paths of the session's ephemeral znodes. */
    List<String> ephemerals() throws InterruptedException;

    /**
     * Waits for the mutex at a path.
     *
     * @param label what its znode holds
     * @param patience how long; without one, for ever
     * @return nothing if others had it all the time
     */
    Optional<Held> lock(String path, String label, Optional<Duration> patience) throws InterruptedException;

    /**
     * Waits for one of the leases at a path.
     *
     * @param leases how many there are; all who ask must say the same
     * @param patience how long; without one, for ever
     * @return nothing if others had all of them all the time
     */
    Optional<Held> lease(String path, int leases, Optional<Duration> patience) throws InterruptedException;

    /**
     * Stands for election at a path and waits for its term.
     *
     * @param label what the others call this candidate
     */
    Held lead(String path, String label) throws InterruptedException;

    /** Who stands for election at a path, the leader first; nobody if there is no such path. */
    List<Contestant> contestants(String path) throws InterruptedException;

    /**
     * One that leads or waits for it.
     *
     * @param path its znode
     * @param label what it says of itself, for people
     * @param fencingToken the one of its term, present or to come
     */
    record Contestant(String path, String label, long sessionId, long fencingToken) {}

    /** Says who the client is, in addition to what was said before, and again behind each reconnect. */
    void authenticate(Identity identity) throws InterruptedException;

    /** Sets the values of several children of a znode, all or none; those that are not there are created. */
    void configure(String path, Map<String, String> values) throws InterruptedException;

    /**
     * Tells what a znode and all below it hold, and each change, on another thread.
     *
     * @return ends the telling
     */
    Runnable follow(String path, Consumer<SubtreeChange> listener);

    /**
     * Tells in words when a connection is lost or made, on another thread.
     *
     * @return ends the telling
     */
    Runnable onConnectionChange(Consumer<String> listener);

    /** Whether a server answers right now. */
    boolean isConnected();

    /** Whether the one that answers is cut off from the others, and only reads. */
    boolean isReadOnly();

    /** Whether it has ended for good: expired, or closed. */
    boolean isOver();

    /** Ends the session; its ephemeral znodes are gone when this returns. */
    void close();
}
