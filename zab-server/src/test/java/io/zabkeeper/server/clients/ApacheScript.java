package io.zabkeeper.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * What a program written for ZooKeeper 3.4 does with Apache's Java client. It uses only what 3.4 had, so the jar of 3.4.12 runs
 * it as well as that of 3.9.
 */
public final class ApacheScript {
    private static final int SESSION_MS = 10_000;
    private static final long EVENT_SECONDS = 30;
    private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;

    private final Script script;
    private final String hosts;
    private final BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    private final ZooKeeper zk;

    private ApacheScript(Script script, String hosts) throws IOException, InterruptedException {
        this.script = script;
        this.hosts = hosts;
        this.zk = connected(states);
    }

    public static void main(String[] arguments) {
        Script.play(script -> {
            ApacheScript apache = new ApacheScript(script, arguments[0]);
            apache.nodes();
            apache.access();
            apache.transactions();
            apache.watches();
            apache.anotherMember();
            apache.deathOfAMember();
            apache.endOfTheSession();
        });
    }

    private ZooKeeper connected(BlockingQueue<KeeperState> states) throws IOException, InterruptedException {
        ZooKeeper handle = new ZooKeeper(hosts, SESSION_MS, event -> states.add(event.getState()));
        await(states, KeeperState.SyncConnected);
        return handle;
    }

    private static void await(BlockingQueue<KeeperState> states, KeeperState wanted) throws InterruptedException {
        @Nullable KeeperState state;
        do {
            state = states.poll(EVENT_SECONDS, TimeUnit.SECONDS);
            if (state == null) {
                throw new IllegalStateException("never " + wanted);
            }
        } while (state != wanted);
    }

    private void nodes() {
        script.gives("create", "/app", () -> zk.create("/app", bytes("one"), OPEN, CreateMode.PERSISTENT));
        script.gives("exists", 0, () -> zk.exists("/app", false).getVersion());
        script.gives("exists of a missing node", null, () -> zk.exists("/none", false));
        script.gives("getData", "one", () -> data("/app", null));
        script.fails("getData of a missing node", KeeperException.NoNodeException.class, () -> data("/none", null));
        script.gives("setData", 1, () -> zk.setData("/app", bytes("two"), 0).getVersion());
        script.fails(
                "setData of an old version",
                KeeperException.BadVersionException.class,
                () -> zk.setData("/app", bytes("three"), 0));
        script.fails(
                "create what is there",
                KeeperException.NodeExistsException.class,
                () -> zk.create("/app", null, OPEN, CreateMode.PERSISTENT));
        script.fails(
                "create without a parent",
                KeeperException.NoNodeException.class,
                () -> zk.create("/none/child", null, OPEN, CreateMode.PERSISTENT));
        script.gives(
                "create sequential",
                "/app/s-0000000000",
                () -> zk.create("/app/s-", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL));
        script.gives(
                "create ephemeral sequential",
                "/app/s-0000000001",
                () -> zk.create("/app/s-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL));
        script.gives("create ephemeral", zk.getSessionId(), () -> {
            zk.create("/app/live", bytes("here"), OPEN, CreateMode.EPHEMERAL);
            return zk.exists("/app/live", false).getEphemeralOwner();
        });
        script.fails(
                "create below an ephemeral",
                KeeperException.NoChildrenForEphemeralsException.class,
                () -> zk.create("/app/live/child", null, OPEN, CreateMode.PERSISTENT));
        script.gives(
                "getChildren",
                new TreeSet<>(List.of("live", "s-0000000000", "s-0000000001")),
                () -> new TreeSet<>(zk.getChildren("/app", false)));
        script.gives("getChildren with Stat", "3 children, cversion 3", () -> {
            Stat stat = new Stat();
            zk.getChildren("/app", false, stat);
            return stat.getNumChildren() + " children, cversion " + stat.getCversion();
        });
        script.fails("delete what has children", KeeperException.NotEmptyException.class, () -> {
            zk.delete("/app", -1);
            return null;
        });
        script.fails("delete of another version", KeeperException.BadVersionException.class, () -> {
            zk.delete("/app/s-0000000000", 4);
            return null;
        });
        script.gives("delete", null, () -> {
            zk.delete("/app/s-0000000000", 0);
            return zk.exists("/app/s-0000000000", false);
        });
        script.gives("null is not empty", null, () -> {
            zk.create("/app/null", null, OPEN, CreateMode.PERSISTENT);
            return zk.getData("/app/null", false, null);
        });
        script.gives("sync", "/app", () -> {
            BlockingQueue<String> answer = new LinkedBlockingQueue<>();
            zk.sync("/app", (rc, path, context) -> answer.add(rc == 0 ? path : "error " + rc), null);
            return answer.poll(EVENT_SECONDS, TimeUnit.SECONDS);
        });
    }

    private void access() throws IOException, InterruptedException {
        zk.addAuthInfo("digest", bytes("bob:pw"));
        script.gives("create for its creator alone", "/app/secret", () -> {
            return zk.create("/app/secret", bytes("s"), ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
        });
        script.gives("getACL", "digest bob:ikIaKsbtGweaHnb/jKn7OHqbunM=", () -> {
            ACL acl = zk.getACL("/app/secret", new Stat()).get(0);
            return acl.getId().getScheme() + " " + acl.getId().getId();
        });
        List<ACL> anyone =
                Arrays.asList(new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.WRITE, ZooDefs.Ids.ANYONE_ID_UNSAFE));
        script.gives("setACL", 1, () -> zk.setACL("/app/null", anyone, 0).getAversion());
        ZooKeeper stranger = connected(new LinkedBlockingQueue<>());
        script.gives("sync of a second session", true, () -> {
            BlockingQueue<Integer> answer = new LinkedBlockingQueue<>();
            stranger.sync("/", (rc, path, context) -> answer.add(rc), null);
            return Integer.valueOf(0).equals(answer.poll(EVENT_SECONDS, TimeUnit.SECONDS));
        });
        script.fails(
                "a stranger's getData",
                KeeperException.NoAuthException.class,
                () -> stranger.getData("/app/secret", false, null));
        stranger.close();
    }

    private void transactions() {
        script.gives("multi", List.of("/app/m", 0, "/app/m/0000000000"), () -> {
            List<OpResult> results = zk.multi(List.of(
                    Op.create("/app/m", null, OPEN, CreateMode.PERSISTENT),
                    Op.check("/app/m", 0),
                    Op.create("/app/m/", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL)));
            return List.of(
                    ((OpResult.CreateResult) results.get(0)).getPath(),
                    results.get(1) instanceof OpResult.CheckResult ? 0 : 1,
                    ((OpResult.CreateResult) results.get(2)).getPath());
        });
        script.gives("a multi that fails", List.of(0, -103, -2), () -> {
            try {
                zk.multi(List.of(
                        Op.setData("/app/m", null, -1), Op.check("/app/m", 7), Op.delete("/app/m/0000000000", -1)));
                return null;
            } catch (KeeperException.BadVersionException refused) {
                return refused.getResults().stream()
                        .map(result -> ((OpResult.ErrorResult) result).getErr())
                        .toList();
            }
        });
        script.gives(
                "nothing of it is done", 0, () -> zk.exists("/app/m", false).getVersion());
    }

    private void watches() throws InterruptedException {
        Ear ear = new Ear();
        script.gives("an own change is heard", "NodeDataChanged /app", () -> {
            data("/app", ear);
            zk.setData("/app", bytes("three"), -1);
            return ear.next();
        });
        script.gives("a watch fires once", List.of(), () -> {
            zk.setData("/app", bytes("four"), -1);
            return ear.heardBy(zk);
        });
        script.gives("another's child is heard", "NodeChildrenChanged /app", () -> {
            zk.getChildren("/app", ear);
            script.ask("create /app/other");
            return ear.next();
        });
        script.gives("a watch for what is missing", "NodeCreated /app/later", () -> {
            zk.exists("/app/later", ear);
            script.ask("create /app/later");
            return ear.next();
        });
        script.gives("a deletion is heard once", List.of("NodeDeleted /app/later"), () -> {
            data("/app/later", ear);
            zk.getChildren("/app/later", ear);
            zk.delete("/app/later", -1);
            return ear.heardBy(zk);
        });
    }

    private void anotherMember() throws Exception {
        Ear changed = new Ear();
        Ear created = new Ear();
        Ear children = new Ear();
        Ear quiet = new Ear();
        zk.getData("/app", changed, null);
        zk.exists("/app/missing", created);
        zk.getChildren("/app/m", children);
        zk.getData("/app/null", quiet, null);
        long id = zk.getSessionId();

        script.ask("hold");
        await(states, KeeperState.Disconnected);
        script.ask("set /app away");
        script.ask("create /app/missing");
        script.ask("create /app/m/late");
        script.ask("release");
        await(states, KeeperState.SyncConnected);

        script.same("the session is the same at another member", id, zk.getSessionId());
        script.gives("a change while away is heard", "NodeDataChanged /app", changed::next);
        script.gives("a creation while away is heard", "NodeCreated /app/missing", created::next);
        script.gives("a child of a time away is heard", "NodeChildrenChanged /app/m", children::next);
        script.gives("what did not change is silent", List.of(), () -> quiet.heardBy(zk));
        script.gives("the data of a time away", "away", () -> data("/app", null));
        script.gives(
                "the ephemeral is there",
                id,
                () -> zk.exists("/app/live", false).getEphemeralOwner());
        script.gives("who we are is said again", "s", () -> data("/app/secret", null));
        script.gives("a watch that stayed", "NodeDataChanged /app/null", () -> {
            zk.setData("/app/null", bytes("x"), -1);
            return quiet.next();
        });
    }

    private void deathOfAMember() throws Exception {
        Ear ear = new Ear();
        zk.getData("/app", ear, null);
        long id = zk.getSessionId();

        script.ask("kill");
        await(states, KeeperState.Disconnected);
        await(states, KeeperState.SyncConnected);

        script.gives("a write after the death", "NodeDataChanged /app", () -> {
            script.ask("set /app survived");
            return ear.next();
        });
        script.gives(
                "the session outlives a member",
                id,
                () -> zk.exists("/app/live", false).getEphemeralOwner());
    }

    private void endOfTheSession() throws IOException, InterruptedException {
        long id = zk.getSessionId();
        byte[] password = zk.getSessionPasswd();
        zk.close();
        script.gives("close takes the ephemerals", "false", () -> script.ask("exists /app/live"));
        script.gives("what is persistent stays", "true", () -> script.ask("exists /app/secret"));
        BlockingQueue<KeeperState> ghost = new LinkedBlockingQueue<>();
        new ZooKeeper(hosts, SESSION_MS, event -> ghost.add(event.getState()), id, password);
        script.gives("a closed session is gone", KeeperState.Expired, () -> {
            await(ghost, KeeperState.Expired);
            return KeeperState.Expired;
        });
    }

    private String data(String path, @Nullable Watcher watcher) throws KeeperException, InterruptedException {
        return new String(zk.getData(path, watcher, null), UTF_8);
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

        @Nullable
        String next() throws InterruptedException {
            return heard.poll(EVENT_SECONDS, TimeUnit.SECONDS);
        }

        /** All that came before the answer of one more operation. */
        List<String> heardBy(ZooKeeper zk) throws KeeperException, InterruptedException {
            BlockingQueue<Integer> answered = new LinkedBlockingQueue<>();
            zk.sync("/", (rc, path, context) -> answered.add(rc), null);
            if (answered.poll(EVENT_SECONDS, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("sync is not answered");
            }
            String[] all = heard.toArray(new String[0]);
            heard.clear();
            return Arrays.asList(all);
        }
    }
}
