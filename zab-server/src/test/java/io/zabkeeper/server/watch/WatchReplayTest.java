package io.zabkeeper.server.watch;

import static io.zabkeeper.wire.WatcherType.CHILDREN;
import static io.zabkeeper.wire.WatcherType.DATA;
import static io.zabkeeper.wire.WatcherType.PERSISTENT;
import static io.zabkeeper.wire.WatcherType.PERSISTENT_RECURSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.watch.WatchedTree.Seen;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.SetWatches;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Client protocol §5.5; gotchas 58 to 60. */
class WatchReplayTest {
    private static final List<String> NONE = List.of();
    private static final List<Acl> SECRET = List.of(new Acl(0, AuthId.ANYONE));

    private final WatchTable<Ear> table = new WatchTable<>();
    private final TreeMap<String, Seen> tree = new TreeMap<>();
    private final Ear ear = new Ear();

    @Test
    void tells_what_has_happened_to_the_data() {
        tree.put("/changed", new Seen(11, 0, Acl.OPEN_UNSAFE));
        tree.put("/same", new Seen(10, 99, Acl.OPEN_UNSAFE));

        replay(List.of("/changed", "/same", "/gone"), NONE, NONE);

        assertThat(ear.heard).containsExactly("-1 NODE_DATA_CHANGED /changed", "-1 NODE_DELETED /gone");
        assertThat(table.contains(ear, DATA, "/same")).isTrue();
        assertThat(table.watchCount()).isEqualTo(1);
    }

    @Test
    void tells_what_has_come_into_being() {
        tree.put("/here", new Seen(3, 3, Acl.OPEN_UNSAFE));

        replay(NONE, List.of("/here", "/missing"), NONE);

        assertThat(ear.heard).containsExactly("-1 NODE_CREATED /here");
        assertThat(table.contains(ear, DATA, "/missing")).isTrue();
        assertThat(table.watchCount()).isEqualTo(1);
    }

    @Test
    void tells_what_has_happened_to_the_children() {
        tree.put("/changed", new Seen(0, 11, Acl.OPEN_UNSAFE));
        tree.put("/same", new Seen(99, 10, Acl.OPEN_UNSAFE));

        replay(NONE, NONE, List.of("/changed", "/same", "/gone"));

        assertThat(ear.heard).containsExactly("-1 NODE_CHILDREN_CHANGED /changed", "-1 NODE_DELETED /gone");
        assertThat(table.contains(ear, CHILDREN, "/same")).isTrue();
        assertThat(table.watchCount()).isEqualTo(1);
    }

    @Test
    void goes_through_the_lists_in_their_order() {
        tree.put("/a", new Seen(11, 11, Acl.OPEN_UNSAFE));

        replay(List.of("/a"), List.of("/a"), List.of("/a"));

        assertThat(ear.heard)
                .containsExactly("-1 NODE_DATA_CHANGED /a", "-1 NODE_CREATED /a", "-1 NODE_CHILDREN_CHANGED /a");
    }

    @Test
    void registers_persistent_watches_in_silence() {
        tree.put("/a", new Seen(11, 11, Acl.OPEN_UNSAFE));

        WatchReplay.replay(
                new SetWatches(OpCode.SET_WATCHES2, 10, NONE, NONE, NONE, List.of("/a", "/no"), List.of("/")),
                tree::get,
                table,
                ear);

        assertThat(ear.heard).isEmpty();
        assertThat(table.contains(ear, PERSISTENT, "/a")).isTrue();
        assertThat(table.contains(ear, PERSISTENT, "/no")).isTrue();
        assertThat(table.contains(ear, PERSISTENT_RECURSIVE, "/")).isTrue();
    }

    /** CVE-2026-59739. */
    @Test
    void does_not_tell_of_what_may_not_be_read() {
        tree.put("/secret", new Seen(11, 11, SECRET));

        replay(List.of("/secret"), List.of("/secret"), List.of("/secret"));

        assertThat(ear.heard).isEmpty();
        assertThat(table.contains(ear, DATA, "/secret")).isTrue();
        assertThat(table.contains(ear, CHILDREN, "/secret")).isTrue();
    }

    private void replay(List<String> data, List<String> exist, List<String> child) {
        SetWatches request = new SetWatches(OpCode.SET_WATCHES, 10, data, exist, child, NONE, NONE);
        WatchReplay.replay(request, tree::get, table, ear);
    }
}
