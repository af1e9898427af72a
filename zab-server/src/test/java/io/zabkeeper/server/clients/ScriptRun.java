package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.oracle.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * A program with a foreign client, run in a process of its own. It makes its assertions itself and writes a line
 * {@code ok OPERATION} for each operation that answered as it should, {@code FAILED WHAT} for one that did not, and
 * {@code ops=COUNT ok} at its end.
 *
 * <p>A line {@code @REQUEST} asks us for something that its client cannot do, and the program reads one line as the answer:
 *
 * <table>
 * <caption>What a script may ask for</caption>
 * <tr><td>{@code @hold}</td><td>the client loses its connection and gets no other</td></tr>
 * <tr><td>{@code @release}</td><td>after a hold: it may connect to each member but the one that it had</td></tr>
 * <tr><td>{@code @kill}</td><td>the member that it is connected to dies</td></tr>
 * <tr><td>{@code @create PATH}, {@code @set PATH TEXT}, {@code @delete PATH}</td><td>done by another session</td></tr>
 * <tr><td>{@code @exists PATH}</td><td>{@code true} or {@code false}, as another session sees it after a sync</td></tr>
 * </table>
 */
final class ScriptRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final Duration OTHER_SESSION = Duration.ofSeconds(30);

    /** Who may see what a script hides from strangers. */
    private static final byte[] USER = "bob:pw".getBytes(UTF_8);

    private final Subject subject;
    private final List<Door> doors = new ArrayList<>();
    private final ApacheSession other;
    private final List<String> output = new ArrayList<>();
    private final List<String> operations = new ArrayList<>();
    private int left = -1;

    private ScriptRun(Subject subject) throws IOException {
        this.subject = subject;
        for (MemberProcess member : subject.ensemble().members()) {
            doors.add(Door.to(member.clientPort()));
        }
        this.other = ApacheSession.connect(subject.hosts());
        other.zk().addAuthInfo("digest", USER);
    }

    /**
     * Runs the command with the connect string behind it, until it has ended.
     *
     * @return the names of its operations, in order
     */
    static List<String> of(Subject subject, List<String> command) throws IOException, InterruptedException {
        clear(subject);
        try (ScriptRun run = new ScriptRun(subject)) {
            run.perform(command);
            return run.operations;
        } finally {
            restore(subject);
        }
    }

    private static void restore(Subject subject) throws IOException {
        for (MemberProcess member : subject.ensemble().members()) {
            if (!member.isAlive()) {
                member.start();
            }
        }
        subject.ensemble().awaitServing();
    }

    /** All scripts use the same names. */
    private static void clear(Subject subject) throws IOException {
        try (ApacheSession session = ApacheSession.connect(subject.hosts())) {
            session.zk().addAuthInfo("digest", USER);
            Eventually.holds("all is cleared", OTHER_SESSION, () -> {
                for (String child : session.zk().getChildren("/", false)) {
                    if (!child.equals("zookeeper")) {
                        ZKUtil.deleteRecursive(session.zk(), "/" + child);
                    }
                }
                return true;
            });
        }
    }

    private void perform(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(doors.stream().map(Door::address).collect(Collectors.joining(",")));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        Executor later = CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        later.execute(process::destroyForcibly);
        try (BufferedReader lines = process.inputReader(UTF_8);
                PrintStream answers = new PrintStream(process.getOutputStream(), true, UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.startsWith("@")) {
                    answers.println(answer(line.substring(1).split(" ", 3)));
                } else if (line.startsWith("ok ")) {
                    operations.add(line.substring(3));
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(() -> String.join("\n", output)).isZero();
        assertThat(output).as(() -> String.join("\n", output)).containsOnlyOnce("ops=" + operations.size() + " ok");
        assertThat(operations).doesNotHaveDuplicates();
    }

    private String answer(String[] request) throws IOException {
        switch (request[0]) {
            case "hold" -> {
                left = attached();
                for (Door door : doors) {
                    door.shut();
                }
            }
            case "release" -> {
                for (int i = 0; i < doors.size(); i++) {
                    if (i != left) {
                        doors.get(i).open();
                    }
                }
            }
            case "kill" -> {
                int victim = attached();
                subject.member(victim + 1).kill();
                doors.forEach(Door::open);
                doors.get(victim).shut();
            }
            case "create" -> other(zk -> create(zk, request[1]));
            case "set" -> other(zk -> zk.setData(request[1], request[2].getBytes(UTF_8), -1));
            case "delete" -> other(zk -> delete(zk, request[1]));
            case "exists" -> {
                return Boolean.toString(other(zk -> {
                    zk.sync("/", (rc, path, context) -> {}, null);
                    return zk.exists(request[1], false) != null;
                }));
            }
            default -> throw new AssertionError("a script asks for " + request[0] + "\n" + String.join("\n", output));
        }
        return "done";
    }

    private int attached() {
        for (int i = 0; i < doors.size(); i++) {
            if (doors.get(i).isUsed()) {
                return i;
            }
        }
        throw new AssertionError("the client is not connected\n" + String.join("\n", output));
    }

    /** The other session may lose its connection, too, when a member dies: its operation is tried again. */
    private <T> T other(Operation<T> operation) {
        return Eventually.get("another session's operation", OTHER_SESSION, () -> operation.on(other.zk()));
    }

    private static String create(ZooKeeper zk, String path) throws KeeperException, InterruptedException {
        try {
            return zk.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        } catch (KeeperException.NodeExistsException doneBefore) {
            return path;
        }
    }

    private static String delete(ZooKeeper zk, String path) throws KeeperException, InterruptedException {
        try {
            zk.delete(path, -1);
        } catch (KeeperException.NoNodeException doneBefore) {
            return path;
        }
        return path;
    }

    @Override
    public void close() throws IOException {
        other.close();
        for (Door door : doors) {
            door.close();
        }
    }

    private interface Operation<T> {
        T on(ZooKeeper zk) throws KeeperException, InterruptedException;
    }
}
