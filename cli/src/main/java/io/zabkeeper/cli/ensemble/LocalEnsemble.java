package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An ensemble on this machine: a directory with its definition and, for each member, a folder with the configuration,
 * the data, the log file and the id of the process.
 *
 * <p>The directory is all there is to know; every command reads it afresh. Members run on when the command ends.
 */
public final class LocalEnsemble {
    private static final long POLL_MS = 30;
    private static final int ASK_TIMEOUT_MS = 1_000;
    private static final long TERMINATE_TIMEOUT_MS = 10_000;
    private static final long KILL_TIMEOUT_MS = 5_000;
    private static final int LOG_TAIL_LINES = 15;

    private final Path dir;
    private final Path serverScript;

    /**
     * @param dir where the ensemble lives; need not exist
     * @param serverScript runs one member in the foreground, given its configuration file
     */
    public LocalEnsemble(Path dir, Path serverScript) {
        this.dir = dir;
        this.serverScript = serverScript;
    }

    /** One member: its process, if it runs, and what it says of itself, if it serves. */
    public record Member(int number, HostPort client, OptionalLong pid, Optional<ServerStatus> status, Path log) {
        /** The role, or what there is instead of one. */
        public String role() {
            return status.map(ServerStatus::role).orElse(pid.isPresent() ? "not serving" : "down");
        }
    }

    /** What {@code up} did. */
    public enum Started {
        /** All members were running. */
        NONE,
        /** Some members had ended. */
        SOME,
        ALL
    }

    /** The definition of the ensemble if one of its members runs. */
    public Optional<Definition> running() throws IOException {
        Optional<Definition> definition = Definition.read(dir);
        return definition.isPresent() && !processes(definition.get()).isEmpty() ? definition : Optional.empty();
    }

    /** The members as they are now; none when no ensemble was started here. */
    public List<Member> members() throws IOException {
        Optional<Definition> definition = Definition.read(dir);
        return definition.isPresent() ? members(definition.get()) : List.of();
    }

    /**
     * Starts the members that do not run, and waits until all serve. A member that ends instead, or does not serve in
     * time, fails the whole start: what was started is stopped again.
     *
     * @param size number of members; by default that of the data that is here, else 3
     * @param basePort first client port; by default that of the last start, else 2181
     * @param progress is told now and then where the members stand
     */
    public Started up(OptionalInt size, OptionalInt basePort, long timeoutMs, Consumer<List<Member>> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(dir);
        try (FileChannel lock = openLock()) {
            requireAlone(lock);
            Optional<Definition> before = Definition.read(dir);
            Map<Integer, MemberProcess> running = before.isPresent() ? processes(before.get()) : new TreeMap<>();
            Definition definition = new Definition(
                    size.orElse(before.map(Definition::size).orElse(3)),
                    basePort.orElse(before.map(Definition::basePort).orElse(2181)));
            if (before.isPresent() && !before.get().equals(definition)) {
                requireChangeable(before.get(), definition, !running.isEmpty());
            }
            List<Integer> missing = new ArrayList<>(definition.members());
            missing.removeAll(running.keySet());
            missing.forEach(member -> requireFreePorts(definition, member));
            definition.write(dir);
            Map<Integer, MemberProcess> started = new TreeMap<>();
            boolean isServing = false;
            try {
                for (int member : missing) {
                    started.put(member, start(definition, member));
                }
                awaitServing(definition, started, timeoutMs, progress);
                isServing = true;
            } finally {
                if (!isServing) {
                    stop(started);
                }
            }
            return missing.isEmpty() ? Started.NONE : running.isEmpty() ? Started.ALL : Started.SOME;
        }
    }

    /**
     * Stops all members: asks them, waits, then kills. No process is left when this returns.
     *
     * @param isPurged whether data, logs and definition go too
     * @return the number of members that ran
     */
    public int down(boolean isPurged) throws IOException, InterruptedException {
        Optional<Definition> definition = Definition.read(dir);
        if (definition.isEmpty()) {
            return 0;
        }
        try (FileChannel lock = openLock()) {
            requireAlone(lock);
            Map<Integer, MemberProcess> running = processes(definition.get());
            stop(running);
            if (isPurged) {
                for (int member : definition.get().members()) {
                    deleteTree(home(member));
                }
                Definition.remove(dir);
            }
            return running.size();
        }
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Takes the lock until the channel is closed: two commands at once would start members twice. */
    private void requireAlone(FileChannel lock) throws IOException {
        if (lock.tryLock() == null) {
            throw new EnsembleFailure("another zab command is starting or stopping the ensemble in " + dir);
        }
    }

    private static void requireChangeable(Definition before, Definition after, boolean isRunning) {
        if (isRunning) {
            throw new EnsembleFailure("an ensemble of " + before.size() + " at " + before.connectString()
                    + " is up here; 'zab ensemble down' first, or choose another --dir");
        }
        if (before.size() != after.size()) {
            throw new EnsembleFailure("the data here is of an ensemble of " + before.size() + ", not " + after.size()
                    + "; 'zab ensemble down --purge' deletes it, or choose another --dir");
        }
    }

    private static void requireFreePorts(Definition definition, int member) {
        for (int port : definition.ports(member)) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                HostPort server = new HostPort("127.0.0.1", port);
                String owner = ServerStatus.of(server, Asking.within(ASK_TIMEOUT_MS))
                        .map(status -> ": a ZooKeeper server (" + status.role() + ") answers there")
                        .orElse("");
                throw new EnsembleFailure("port " + port + ", wanted by member " + member + ", is in use" + owner
                        + "; choose another --base-port");
            }
        }
    }

    private MemberProcess start(Definition definition, int member) throws IOException {
        Path home = home(member).toAbsolutePath();
        Path dataDir = home.resolve("data");
        Files.createDirectories(dataDir);
        Files.writeString(dataDir.resolve("myid"), member + "\n");
        Path configuration = home.resolve("zoo.cfg");
        Files.writeString(configuration, definition.configuration(member, dataDir));
        return MemberProcess.start(serverScript, home, configuration);
    }

    private void awaitServing(
            Definition definition, Map<Integer, MemberProcess> started, long timeoutMs, Consumer<List<Member>> progress)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            List<Member> members = members(definition);
            progress.accept(members);
            if (members.stream().allMatch(member -> member.status().isPresent())) {
                return;
            }
            for (Map.Entry<Integer, MemberProcess> process : started.entrySet()) {
                if (!process.getValue().isRunning()) {
                    throw notServing("member " + process.getKey() + " ended during its start", process.getKey());
                }
            }
            if (System.nanoTime() - end > 0) {
                Member silent = members.stream()
                        .filter(member -> member.status().isEmpty())
                        .findFirst()
                        .orElseThrow();
                throw notServing(
                        "member " + silent.number() + " does not serve after " + timeoutMs / 1000 + " s",
                        silent.number());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private EnsembleFailure notServing(String what, int member) throws IOException {
        Path log = MemberProcess.log(home(member));
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
        return new EnsembleFailure(what + "; the end of " + log + ":\n  " + String.join("\n  ", tail));
    }

    private void stop(Map<Integer, MemberProcess> processes) throws IOException, InterruptedException {
        processes.values().forEach(MemberProcess::terminate);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TERMINATE_TIMEOUT_MS);
        for (MemberProcess process : processes.values()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (!process.awaitEnd(leftMs)) {
                process.kill();
            }
        }
        for (Map.Entry<Integer, MemberProcess> process : processes.entrySet()) {
            if (!process.getValue().awaitEnd(KILL_TIMEOUT_MS)) {
                throw new EnsembleFailure("member " + process.getKey() + ", process "
                        + process.getValue().pid() + ", survives a kill");
            }
            MemberProcess.forget(home(process.getKey()));
        }
    }

    private List<Member> members(Definition definition) throws IOException {
        Map<Integer, MemberProcess> processes = processes(definition);
        List<Member> members = new ArrayList<>();
        for (int number : definition.members()) {
            MemberProcess process = processes.get(number);
            // Only our own process is asked: a stranger may have taken the port of a member that is down.
            Optional<ServerStatus> status = process == null
                    ? Optional.empty()
                    : ServerStatus.of(definition.client(number), Asking.within(ASK_TIMEOUT_MS));
            members.add(new Member(
                    number,
                    definition.client(number),
                    process == null ? OptionalLong.empty() : OptionalLong.of(process.pid()),
                    status,
                    MemberProcess.log(home(number))));
        }
        return members;
    }

    private Map<Integer, MemberProcess> processes(Definition definition) throws IOException {
        Map<Integer, MemberProcess> processes = new TreeMap<>();
        for (int member : definition.members()) {
            MemberProcess.find(home(member)).ifPresent(process -> processes.put(member, process));
        }
        return processes;
    }

    private Path home(int member) {
        return dir.resolve(Integer.toString(member));
    }

    private static void deleteTree(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted((left, right) -> right.compareTo(left)).forEach(LocalEnsemble::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
