package io.zabkeeper.test;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.test.MemberFiles.MemberPorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The members of one ensemble with what they stand on: ports, files and the loop of their relays. */
final class Members implements AutoCloseable {
    /** One for clients, one for the other members, and one that only the configuration asks for. */
    private static final int PORTS_PER_MEMBER = 3;

    private static final int LOOP_END_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("zab-test-relay", true), NioIoHandler.newFactory());
    private final List<Integer> ports;
    private final MemberFiles files;
    private final List<EnsembleMember> all = new ArrayList<>();
    private volatile boolean isClosed;

    private Members(List<Integer> ports, Map<String, String> settings) {
        this.ports = ports;
        List<MemberPorts> places = new ArrayList<>();
        for (int i = 0; i < ports.size(); i += PORTS_PER_MEMBER) {
            places.add(new MemberPorts(ports.get(i), ports.get(i + 1), ports.get(i + 2)));
        }
        files = MemberFiles.in(places, settings);
    }

    /**
     * Returns when all serve; leaves nothing behind when they do not.
     *
     * @param settings as {@link MemberFiles#settings} returned them
     */
    static Members start(int count, Map<String, String> settings) {
        Members members = new Members(Ports.claim(count * PORTS_PER_MEMBER), settings);
        try {
            members.open(count);
            members.start(members.all);
            return members;
        } catch (RuntimeException failure) {
            members.close();
            throw failure;
        }
    }

    private void open(int count) {
        EventLoop loop = loops.next();
        for (int id = 1; id <= count; id++) {
            ServerConfig config = files.write(id);
            Relay relay = Relay.open(loop, config.listeners().client().port());
            all.add(new EnsembleMember(id, config, relay));
        }
    }

    /** By their numbers. */
    List<EnsembleMember> all() {
        return Collections.unmodifiableList(all);
    }

    void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the test ensemble is closed");
        }
    }

    /** The member, which must be one of these. */
    EnsembleMember own(EnsembleMember member) {
        requireOpen();
        if (!all.contains(member)) {
            throw new IllegalArgumentException(member + " belongs to another ensemble");
        }
        return member;
    }

    /** Starts some, and waits until they serve unless too few run for a majority. */
    void start(Collection<EnsembleMember> some) {
        requireOpen();
        // At the same time: each of them waits for its disk most of the time.
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (EnsembleMember member : some) {
            starts.add(CompletableFuture.runAsync(
                    member::start, task -> new Thread(task, "zab-test-start-" + member.id()).start()));
        }
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException failure) {
            throw new TestEnsembleException("a member does not start: " + failure.getCause(), failure.getCause());
        }
        if (all.stream().filter(EnsembleMember::isRunning).count() > all.size() / 2) {
            Await.until(
                    "all that were started serve: " + some,
                    () -> some.stream().allMatch(member -> member.mode().isServing()),
                    this::standings);
        }
    }

    /** Waits until there is one. */
    EnsembleMember leader() {
        requireOpen();
        List<EnsembleMember> leaders = new ArrayList<>();
        Await.until(
                "there is a leader",
                () -> {
                    leaders.clear();
                    all.stream().filter(member -> member.mode().isLeading()).forEach(leaders::add);
                    return leaders.size() == 1;
                },
                this::standings);
        return leaders.get(0);
    }

    /** Breaks all connections. */
    void drop() {
        requireOpen();
        all.forEach(member -> member.relay().drop());
    }

    /** Breaks the connections of a session, and tells how many there were. */
    int drop(long sessionId) {
        requireOpen();
        return all.stream().mapToInt(member -> member.relay().drop(sessionId)).sum();
    }

    /** Takes delays and isolation back. */
    void letPass() {
        requireOpen();
        for (EnsembleMember member : all) {
            member.relay().delay(0);
            member.relay().isolate(false);
        }
    }

    /** Past the relays. */
    String runningHosts() {
        requireOpen();
        List<String> hosts = all.stream()
                .filter(EnsembleMember::isRunning)
                .map(EnsembleMember::directConnectString)
                .toList();
        if (hosts.isEmpty()) {
            throw new IllegalStateException("no member runs; restart one first");
        }
        return String.join(",", hosts);
    }

    private String standings() {
        return all.stream().map(member -> member + " " + member.mode()).collect(Collectors.joining(", "));
    }

    /** Ends everything and removes the data. */
    @Override
    public void close() {
        isClosed = true;
        all.forEach(EnsembleMember::kill);
        all.forEach(member -> member.relay().close());
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(LOOP_END_SECONDS, TimeUnit.SECONDS);
        Ports.release(ports);
        files.remove();
    }
}
