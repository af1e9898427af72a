package io.zabkeeper.server.oracle;

import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under test, ours or the reference, alone or as an ensemble of processes on loopback. A test that is written
 * against it runs against both.
 */
public final class Subject implements AutoCloseable {
    /** What the reference needs to start quickly and to stay small; what means nothing to ours it accepts. */
    private static final List<String> BOTH = List.of("admin.enableServer=false", "maxSessionTimeout=60000");

    private static final List<String> APACHE_ONLY = List.of("preAllocSize=1024", "forceSync=no");

    private final String name;
    private final TestEnsemble ensemble;

    private Subject(String name, TestEnsemble ensemble) {
        this.name = name;
        this.ensemble = ensemble;
    }

    /**
     * Starts Apache ZooKeeper and waits until every member serves.
     *
     * @param members 1 for a standalone server
     * @param settings lines of {@code zoo.cfg}; one that begins with {@code -} is an option of the virtual machine
     */
    public static Subject reference(int members, String... settings) throws IOException {
        return start("reference", Program.APACHE, members, APACHE_ONLY, settings);
    }

    /** Starts Zabkeeper in the same shape. */
    public static Subject own(int members, String... settings) throws IOException {
        return start("zabkeeper", Program.ZABKEEPER, members, List.of(), settings);
    }

    private static Subject start(String name, Program program, int members, List<String> usual, String... settings)
            throws IOException {
        List<String> lines = new ArrayList<>(BOTH);
        lines.addAll(usual);
        lines.addAll(List.of(settings));
        return new Subject(name, TestEnsemble.started(program, members, lines.toArray(String[]::new)));
    }

    /** {@code reference} or {@code zabkeeper}. */
    public String name() {
        return name;
    }

    public int members() {
        return ensemble.members().size();
    }

    /** The process of a member, to be stopped, killed, paused or asked a four-letter word; the first one is 1. */
    public MemberProcess member(int id) {
        return ensemble.member(id);
    }

    public TestEnsemble ensemble() {
        return ensemble;
    }

    /** Host and port of every member, as a client library wants them. */
    public String hosts() {
        return ensemble.connectString();
    }

    public InetSocketAddress address(int member) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), ensemble.member(member).clientPort());
    }

    /** A connection to a member, without a handshake. */
    public WireClient open(int member) throws IOException {
        return WireClient.open(address(member));
    }

    /** A connection to a member with a new session of ten seconds. */
    public WireClient connect(int member) throws IOException {
        WireClient client = open(member);
        client.newSession(10_000);
        return client;
    }

    @Override
    public void close() {
        ensemble.close();
    }

    @Override
    public String toString() {
        return name + " (" + members() + ")";
    }
}
