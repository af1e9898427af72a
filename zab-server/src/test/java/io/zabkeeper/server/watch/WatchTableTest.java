package io.zabkeeper.server.watch;

import static io.zabkeeper.server.watch.WatchKind.CHILD;
import static io.zabkeeper.server.watch.WatchKind.DATA;
import static io.zabkeeper.server.watch.WatchKind.PERSISTENT;
import static io.zabkeeper.server.watch.WatchKind.PERSISTENT_RECURSIVE;
import static io.zabkeeper.wire.EventType.NODE_CHILDREN_CHANGED;
import static io.zabkeeper.wire.EventType.NODE_CREATED;
import static io.zabkeeper.wire.EventType.NODE_DATA_CHANGED;
import static io.zabkeeper.wire.EventType.NODE_DELETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.WatcherType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §5.1, §5.2. */
class WatchTableTest {
    private static final List<WatchKind> KINDS = List.of(WatchKind.values());

    private final WatchTable<Ear> table = new WatchTable<>();
    private final Ear ear = new Ear();
    private final Ear other = new Ear();
    private long zxid;

    /** It took minutes once: watchers are numbered, and a row of full slots is gone through for each that goes. */
    @Test
    void a_hundred_thousand_watchers_of_one_path_cost_no_more_each_than_one() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Ear> ears = Stream.generate(Ear::new).limit(100_000).toList();
        long start = threads.getCurrentThreadCpuTime();

        for (Ear one : ears) {
            table.add(one, DATA, "/hot");
            table.add(one, CHILD, "/other");
        }
        trigger(NODE_DATA_CHANGED, "/hot");
        ears.forEach(table::removeAll);
        for (int i = 0; i < ears.size(); i++) {
            table.add(ear, DATA, "/n" + i);
        }
        table.removeAll(ear);

        long tookMs = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
        System.out.println("ms for 300,000 watches: " + tookMs);
        assertThat(ears).allMatch(one -> one.heard.size() == 1);
        assertThat(table.watchCount()).isZero();
        assertThat(table.watcherCount()).isZero();
        assertThat(tookMs).isLessThan(5_000);
    }

    /** Gotcha 52. */
    @Test
    void fires_a_standard_watch_once() {
        table.add(ear, DATA, "/a");

        trigger(NODE_DATA_CHANGED, "/a");
        trigger(NODE_DATA_CHANGED, "/a");

        assertThat(ear.heard).containsExactly("1 NODE_DATA_CHANGED /a");
        assertThat(table.watchCount()).isZero();
        assertThat(table.pathCount()).isZero();
        assertThat(table.watcherCount()).isZero();
    }

    /** Gotcha 55. */
    @Test
    void keeps_data_and_children_apart() {
        table.add(ear, DATA, "/data");
        table.add(ear, CHILD, "/child");

        trigger(NODE_CHILDREN_CHANGED, "/data");
        trigger(NODE_DATA_CHANGED, "/child");
        trigger(NODE_CREATED, "/child");
        assertThat(ear.heard).isEmpty();

        trigger(NODE_CREATED, "/data");
        trigger(NODE_CHILDREN_CHANGED, "/child");
        assertThat(ear.heard).containsExactly("4 NODE_CREATED /data", "5 NODE_CHILDREN_CHANGED /child");
    }

    /** Gotcha 54. */
    @Test
    void tells_a_deletion_once_to_who_waits_for_data_and_children() {
        table.add(ear, DATA, "/p/a");
        table.add(ear, CHILD, "/p/a");
        table.add(ear, CHILD, "/p");
        table.add(other, CHILD, "/p/a");

        trigger(NODE_DELETED, "/p/a");
        trigger(NODE_CHILDREN_CHANGED, "/p");

        assertThat(ear.heard).containsExactly("1 NODE_DELETED /p/a", "2 NODE_CHILDREN_CHANGED /p");
        assertThat(other.heard).containsExactly("1 NODE_DELETED /p/a");
        assertThat(table.watchCount()).isZero();
    }

    /** Gotcha 53: one event, and the standard watch is used up by it. */
    @Test
    void tells_a_connection_each_change_once_whatever_it_has_registered() {
        table.add(ear, DATA, "/p/a");
        table.add(ear, PERSISTENT, "/p/a");
        table.add(ear, PERSISTENT_RECURSIVE, "/p/a");
        table.add(ear, PERSISTENT_RECURSIVE, "/p");
        table.add(ear, PERSISTENT_RECURSIVE, "/");

        trigger(NODE_DATA_CHANGED, "/p/a");

        assertThat(ear.heard).containsExactly("1 NODE_DATA_CHANGED /p/a");
        assertThat(table.contains(ear, WatcherType.DATA, "/p/a")).isFalse();
        assertThat(table.contains(ear, WatcherType.PERSISTENT, "/p/a")).isTrue();
        assertThat(table.watchCount()).isEqualTo(4);
    }

    /** Gotcha 56. */
    @Test
    void tells_persistent_watches_everything_about_their_path() {
        table.add(ear, PERSISTENT, "/a");

        for (EventType type : List.of(NODE_CREATED, NODE_DATA_CHANGED, NODE_CHILDREN_CHANGED, NODE_DELETED)) {
            trigger(type, "/a");
        }
        trigger(NODE_CREATED, "/a/b");

        assertThat(ear.heard)
                .containsExactly(
                        "1 NODE_CREATED /a",
                        "2 NODE_DATA_CHANGED /a",
                        "3 NODE_CHILDREN_CHANGED /a",
                        "4 NODE_DELETED /a");
    }

    /** Gotchas 56 and 57. */
    @Test
    void tells_recursive_watches_of_everything_below_but_never_of_children() {
        table.add(ear, PERSISTENT_RECURSIVE, "/a");

        trigger(NODE_CREATED, "/a/b/c");
        trigger(NODE_CHILDREN_CHANGED, "/a/b");
        trigger(NODE_CHILDREN_CHANGED, "/a");
        trigger(NODE_DATA_CHANGED, "/a");
        trigger(NODE_DELETED, "/a/b/c");
        trigger(NODE_DELETED, "/ab");
        trigger(NODE_DATA_CHANGED, "/");

        assertThat(ear.heard)
                .containsExactly("1 NODE_CREATED /a/b/c", "4 NODE_DATA_CHANGED /a", "5 NODE_DELETED /a/b/c");
    }

    @Test
    void tells_a_recursive_watch_at_the_root_of_everything() {
        table.add(ear, PERSISTENT_RECURSIVE, "/");

        trigger(NODE_DATA_CHANGED, "/");
        trigger(NODE_CREATED, "/a");

        assertThat(ear.heard).containsExactly("1 NODE_DATA_CHANGED /", "2 NODE_CREATED /a");
    }

    @Test
    void counts_the_same_watch_twice_as_one() {
        table.add(ear, DATA, "/a");
        table.add(ear, DATA, "/a");
        table.add(ear, CHILD, "/a");

        assertThat(table.watchCount()).isEqualTo(2);
        assertThat(table.pathCount()).isEqualTo(1);
        assertThat(table.watcherCount()).isEqualTo(1);
    }

    /** CVE-2024-23944: what counts is what the receiver may read when it happens. */
    @Test
    void withholds_what_the_receiver_may_not_read_and_uses_the_watch_up() {
        AuthId bob = new AuthId("digest", DigestAuth.idOf("bob:pw"));
        List<Acl> forBob = List.of(new Acl(Permission.READ, bob));
        table.add(ear, DATA, "/a");
        table.add(other, DATA, "/a");
        other.identity = List.of(bob);

        table.trigger(1, NODE_DELETED, "/a", forBob);

        assertThat(ear.heard).isEmpty();
        assertThat(other.heard).containsExactly("1 NODE_DELETED /a");
        assertThat(table.watchCount()).isZero();
    }

    /** Gotcha 61. */
    @Test
    void forgets_a_connection_and_nobody_else() {
        for (int i = 0; i < 100; i++) {
            table.add(ear, DATA, "/" + i);
            table.add(ear, PERSISTENT_RECURSIVE, "/" + i);
            table.add(other, CHILD, "/" + i);
        }

        table.removeAll(ear);
        table.removeAll(ear);

        assertThat(table.watchCount()).isEqualTo(100);
        assertThat(table.watcherCount()).isEqualTo(1);
        trigger(NODE_DELETED, "/7");
        trigger(NODE_DELETED, "/8");
        assertThat(ear.heard).isEmpty();
        assertThat(other.heard).hasSize(2);
    }

    /** §5.4: the kind must match exactly. */
    @Test
    void removes_one_kind_on_one_path() {
        table.add(ear, DATA, "/a");
        table.add(ear, PERSISTENT, "/a");

        assertThat(table.remove(ear, WatcherType.CHILDREN, "/a")).isFalse();
        assertThat(table.remove(ear, WatcherType.DATA, "/b")).isFalse();
        assertThat(table.remove(other, WatcherType.DATA, "/a")).isFalse();
        assertThat(table.remove(ear, WatcherType.DATA, "/a")).isTrue();
        assertThat(table.remove(ear, WatcherType.DATA, "/a")).isFalse();
        assertThat(table.contains(ear, WatcherType.PERSISTENT, "/a")).isTrue();
    }

    @Test
    void removes_every_kind_on_one_path_at_once() {
        for (WatchKind kind : KINDS) {
            table.add(ear, kind, "/a");
        }
        table.add(ear, PERSISTENT_RECURSIVE, "/");
        table.add(other, DATA, "/a");

        assertThat(table.contains(ear, WatcherType.ANY, "/a")).isTrue();
        assertThat(table.remove(ear, WatcherType.ANY, "/a")).isTrue();
        assertThat(table.contains(ear, WatcherType.ANY, "/a")).isFalse();
        assertThat(table.remove(ear, WatcherType.ANY, "/a")).isFalse();
        assertThat(table.contains(ear, WatcherType.PERSISTENT_RECURSIVE, "/")).isTrue();
        assertThat(table.contains(other, WatcherType.DATA, "/a")).isTrue();
        assertThat(table.watchCount()).isEqualTo(2);
    }

    @Test
    void lets_a_receiver_close_while_it_is_told() {
        ear.whenHearing = () -> {
            table.removeAll(ear);
            table.removeAll(other);
        };
        table.add(ear, PERSISTENT, "/a");
        table.add(other, PERSISTENT, "/a");
        table.add(ear, PERSISTENT_RECURSIVE, "/");

        trigger(NODE_DATA_CHANGED, "/a");

        assertThat(ear.heard).hasSize(1);
        assertThat(table.watchCount()).isZero();
        assertThat(table.pathCount()).isZero();
    }

    @Test
    void lets_a_receiver_watch_again_while_it_is_told() {
        ear.whenHearing = () -> table.add(ear, DATA, "/a");
        table.add(ear, DATA, "/a");

        trigger(NODE_DATA_CHANGED, "/a");
        trigger(NODE_DATA_CHANGED, "/a");

        assertThat(ear.heard).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agrees_with_a_plain_model(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Ear> ears = new ArrayList<>();
        TreeMap<Integer, TreeSet<String>> model = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            ears.add(new Ear());
            model.put(i, new TreeSet<>());
        }
        List<String> paths = List.of("/", "/a", "/a/b", "/a/b/c", "/d", "/a/e");

        for (int step = 0; step < 5_000; step++) {
            int who = random.nextInt(ears.size());
            String path = paths.get(random.nextInt(paths.size()));
            WatchKind kind = KINDS.get(random.nextInt(KINDS.size()));
            TreeSet<String> watches = model.getOrDefault(who, new TreeSet<>());
            switch (random.nextInt(20)) {
                case 0 -> {
                    table.removeAll(ears.get(who));
                    watches.clear();
                }
                case 1, 2, 3 ->
                    assertThat(table.remove(ears.get(who), typeOf(kind), path))
                            .isEqualTo(watches.remove(kind + " " + path));
                case 4, 5, 6, 7, 8, 9, 10, 11, 12 -> {
                    table.add(ears.get(who), kind, path);
                    watches.add(kind + " " + path);
                }
                default -> {
                    EventType type = List.of(NODE_CREATED, NODE_DELETED, NODE_DATA_CHANGED, NODE_CHILDREN_CHANGED)
                            .get(random.nextInt(4));
                    trigger(type, path);
                    for (int i = 0; i < ears.size(); i++) {
                        boolean hears = fire(model.getOrDefault(i, new TreeSet<>()), type, path);
                        assertThat(ears.get(i).take())
                                .as("seed %d step %d", seed, step)
                                .isEqualTo(hears ? List.of(zxid + " " + type + " " + path) : List.of());
                    }
                }
            }
            long count = model.values().stream().mapToLong(TreeSet::size).sum();
            assertThat(table.watchCount()).as("seed %d step %d", seed, step).isEqualTo(count);
        }
    }

    /** §5.2, the second table. */
    private static boolean fire(Set<String> watches, EventType type, String path) {
        boolean isChildren = type == NODE_CHILDREN_CHANGED;
        boolean hears = watches.contains(PERSISTENT + " " + path);
        hears |= !isChildren && watches.remove(DATA + " " + path);
        hears |= (isChildren || type == NODE_DELETED) && watches.remove(CHILD + " " + path);
        for (String above : List.of("/", "/a", "/a/b", "/a/b/c", "/d", "/a/e")) {
            boolean isAbove = above.equals("/") || path.equals(above) || path.startsWith(above + "/");
            hears |= !isChildren && isAbove && watches.contains(PERSISTENT_RECURSIVE + " " + above);
        }
        return hears;
    }

    @Test
    void takes_little_memory() {
        int connections = 100;
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            ears.add(new Ear());
        }
        long before = usedHeap();

        for (int i = 0; i < 100_000; i++) {
            table.add(ears.get(i % connections), DATA, "/some/parent/path-" + i);
        }

        long bytes = (usedHeap() - before) / 100_000;
        System.out.println("bytes of heap per watch: " + bytes);
        assertThat(bytes).isBetween(50L, 260L);
        assertThat(table.watchCount()).isEqualTo(100_000);
        ears.forEach(table::removeAll);
        assertThat(table.pathCount()).isZero();
    }

    private void trigger(EventType type, String path) {
        zxid++;
        table.trigger(zxid, type, path, Acl.OPEN_UNSAFE);
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static WatcherType typeOf(WatchKind kind) {
        return switch (kind) {
            case DATA -> WatcherType.DATA;
            case CHILD -> WatcherType.CHILDREN;
            case PERSISTENT -> WatcherType.PERSISTENT;
            case PERSISTENT_RECURSIVE -> WatcherType.PERSISTENT_RECURSIVE;
        };
    }
}
