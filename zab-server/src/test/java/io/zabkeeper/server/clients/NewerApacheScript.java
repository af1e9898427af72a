package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** What ZooKeeper 3.5 to 3.9 brought, with Apache's Java client; {@link ApacheScript} has what is older. */
public final class NewerApacheScript {
    private static final int SESSION_MS = 10_000;
    private static final long EVENT_SECONDS = 30;
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;

    private final Script script;
    private final BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    private final ZooKeeper zk;

    private NewerApacheScript(Script script, String hosts) throws Exception {
        this.script = script;
        this.zk = new ZooKeeper(hosts, SESSION_MS, event -> states.add(event.getState()), true);
        await(KeeperState.SyncConnected);
    }

    public static void main(String[] arguments) {
        Script.play(script -> {
            NewerApacheScript apache = new NewerApacheScript(script, arguments[0]);
            apache.nodes();
            apache.transactions();
            apache.questions();
            apache.persistentWatches();
            apache.removal();
            apache.anotherMember();
            apache.deathOfAMember();
            apache.end();
        });
    }

    private void await(KeeperState wanted) throws InterruptedException {
        @Nullable KeeperState state;
        do {
            state = states.poll(EVENT_SECONDS, TimeUnit.SECONDS);
            if (state == null) {
                throw new IllegalStateException("never " + wanted);
            }
        } while (state != wanted);
    }

    private void nodes() {
        script.gives("create with Stat", 3, () -> {
            Stat stat = new Stat();
            zk.create("/app", bytes("one"), OPEN, CreateMode.PERSISTENT, stat);
            return stat.getDataLength();
        });
        script.gives("create container", 0L, () -> {
            zk.create("/app/container", null, OPEN, CreateMode.CONTAINER);
            return zk.exists("/app/container", false).getEphemeralOwner();
        });
        script.gives("create container with Stat", 0L, () -> {
            Stat stat = new Stat();
            zk.create("/app/container/inner", null, OPEN, CreateMode.CONTAINER, stat);
            return stat.getEphemeralOwner();
        });
        script.gives("create with a time to live", "/app/ttl", () -> {
            return zk.create("/app/ttl", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 3_600_000);
        });
        script.gives("create sequential with a time to live", "/app/ttl-0000000002", () -> {
            return zk.create("/app/ttl-", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, new Stat(), 3_600_000);
        });
        script.gives("a child below a time to live", "/app/ttl/child", () -> {
            return zk.create("/app/ttl/child", null, OPEN, CreateMode.PERSISTENT);
        });
        script.gives("create ephemerals", "/app/live-2", () -> {
            zk.create("/app/live-1", null, OPEN, CreateMode.EPHEMERAL);
            return zk.create("/app/live-2", null, OPEN, CreateMode.EPHEMERAL);
        });
        script.fails(
                "create below an ephemeral",
                KeeperException.NoChildrenForEphemeralsException.class,
                () -> zk.create("/app/live-1/child", null, OPEN, CreateMode.CONTAINER));
    }

    private void transactions() {
        script.gives("multi with every kind of create", 5, () -> {
            List<OpResult> results = zk.multi(List.of(
                    Op.create("/app/m", null, OPEN, CreateMode.CONTAINER),
                    Op.create("/app/m/t", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, 3_600_000),
                    Op.create("/app/m/e", null, OPEN, CreateMode.EPHEMERAL),
                    Op.setData("/app/m", bytes("m"), 0),
                    Op.delete("/app/m/e", 0)));
            return results.size();
        });
        script.gives("multi of reads", List.of("m", List.of("t"), -101), () -> {
            List<OpResult> results =
                    zk.multi(List.of(Op.getData("/app/m"), Op.getChildren("/app/m"), Op.getData("/app/none")));
            return List.of(
                    new String(((OpResult.GetDataResult) results.get(0)).getData(), UTF_8),
                    ((OpResult.GetChildrenResult) results.get(1)).getChildren(),
                    ((OpResult.ErrorResult) results.get(2)).getErr());
        });
        script.gives(
                "transaction",
                2,
                () -> zk.transaction()
                        .check("/app/m", 1)
                        .setData("/app/m", bytes("n"), 1)
                        .commit()
                        .size());
    }

    private void questions() {
        script.gives("getEphemerals", new TreeSet<>(List.of("/app/live-1", "/app/live-2")), () -> {
            return new TreeSet<>(zk.getEphemerals());
        });
        script.gives("getEphemerals with a prefix", List.of("/app/live-2"), () -> zk.getEphemerals("/app/live-2"));
        script.gives("getAllChildrenNumber", 9, () -> zk.getAllChildrenNumber("/app"));
        script.gives("whoAmI", List.of("digest bob", "ip 127.0.0.1"), () -> {
            zk.addAuthInfo("digest", bytes("bob:pw"));
            return zk.whoAmI().stream()
                    .map(info -> info.getAuthScheme() + " " + info.getUser())
                    .sorted()
                    .toList();
        });
        script.gives("getConfig", true, () -> zk.getConfig(false, new Stat()) != null);
    }

    private void persistentWatches() {
        Ear persistent = new Ear();
        Ear recursive = new Ear();
        script.gives("addWatch persistent", List.of("NodeDataChanged /app", "NodeChildrenChanged /app"), () -> {
            zk.addWatch("/app", persistent, AddWatchMode.PERSISTENT);
            zk.setData("/app", bytes("two"), -1);
            zk.create("/app/new", null, OPEN, CreateMode.PERSISTENT);
            return List.of(persistent.next(), persistent.next());
        });
        script.gives("addWatch recursive", List.of("NodeCreated /app/new/deep", "NodeDeleted /app/new/deep"), () -> {
            zk.addWatch("/app/new", recursive, AddWatchMode.PERSISTENT_RECURSIVE);
            zk.create("/app/new/deep", null, OPEN, CreateMode.PERSISTENT);
            zk.delete("/app/new/deep", -1);
            return List.of(recursive.next(), recursive.next());
        });
        script.gives("they stay", "NodeDataChanged /app", () -> {
            zk.setData("/app", bytes("three"), -1);
            return persistent.next();
        });
        script.gives("they can be removed", "PersistentWatchRemoved /app", () -> {
            zk.removeWatches("/app", persistent, WatcherType.Any, false);
            return persistent.next();
        });
        script.gives("and are silent then", List.of(), () -> {
            zk.setData("/app", bytes("four"), -1);
            return persistent.all(zk);
        });
    }

    private void removal() {
        Ear data = new Ear();
        script.gives("removeAllWatches", "DataWatchRemoved /app", () -> {
            zk.getData("/app", data, null);
            zk.removeAllWatches("/app", WatcherType.Data, false);
            return data.next();
        });
        script.fails("removing what is not there", KeeperException.NoWatcherException.class, () -> {
            zk.removeAllWatches("/app", WatcherType.Children, false);
            return null;
        });
    }

    private void anotherMember() throws Exception {
        Ear persistent = new Ear();
        Ear recursive = new Ear();
        Ear standard = new Ear();
        zk.addWatch("/app/container", persistent, AddWatchMode.PERSISTENT);
        zk.addWatch("/app/new", recursive, AddWatchMode.PERSISTENT_RECURSIVE);
        zk.getData("/app", standard, null);
        long id = zk.getSessionId();

        script.ask("hold");
        await(KeeperState.Disconnected);
        script.ask("set /app away");
        script.ask("set /app/container away");
        script.ask("release");
        await(KeeperState.SyncConnected);

        script.same("the session is the same at another member", id, zk.getSessionId());
        script.gives("a standard watch hears the time away", "NodeDataChanged /app", standard::next);
        script.gives("a persistent watch does not", List.of(), () -> persistent.all(zk));
        script.gives("it goes on after it", "NodeDataChanged /app/container", () -> {
            script.ask("set /app/container back");
            return persistent.next();
        });
        script.gives("so does a recursive one", "NodeCreated /app/new/deep", () -> {
            script.ask("create /app/new/deep");
            return recursive.next();
        });
        script.gives("the ephemerals are there", 2, () -> zk.getEphemerals().size());
        script.gives(
                "who we are is said again",
                true,
                () -> zk.whoAmI().stream().anyMatch(info -> info.getUser().equals("bob")));
    }

    private void deathOfAMember() throws Exception {
        Ear recursive = new Ear();
        zk.addWatch("/app/m", recursive, AddWatchMode.PERSISTENT_RECURSIVE);

        script.ask("kill");
        await(KeeperState.Disconnected);
        await(KeeperState.SyncConnected);

        // A persistent watch has no past: an answer tells that it is registered again.
        script.gives(
                "the ephemerals outlive a member", 2, () -> zk.getEphemerals().size());
        script.gives("a watch after the death", "NodeCreated /app/m/late", () -> {
            script.ask("create /app/m/late");
            return recursive.next();
        });
        script.gives("a write after the death", "survived", () -> {
            zk.setData("/app", bytes("survived"), -1);
            return new String(zk.getData("/app", false, null), UTF_8);
        });
    }

    private void end() throws Exception {
        zk.close();
        script.gives("close takes the ephemerals", "false", () -> script.ask("exists /app/live-1"));
        script.gives("what is persistent stays", "true", () -> script.ask("exists /app/ttl/child"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Hears the events of nodes; what the connection does is not its business. */
    private static final class Ear implements Watcher {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void process(WatchedEvent event) {
            if (event.getType() != EventType.None) {
                heard.add(event.getType() + " " + event.getPath());
            }
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(EVENT_SECONDS, TimeUnit.SECONDS));
        }

        /** All that came before the answer of one more operation. */
        List<String> all(ZooKeeper zk) throws InterruptedException {
            BlockingQueue<Integer> answered = new LinkedBlockingQueue<>();
            zk.sync("/", (rc, path, context) -> answered.add(rc), null);
            if (answered.poll(EVENT_SECONDS, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("sync is not answered");
            }
            return List.of(heard.toArray(new String[0]));
        }
    }
}
