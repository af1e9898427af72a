package io.zabkeeper.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.client.internal.WatchRegistry.Kind;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatchEvent;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.SetWatches;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchRegistryTest {
    private final WatchRegistry registry = new WatchRegistry(new Callbacks(null));

    @Test
    void has_nothing_to_rearm_without_watches() {
        assertThat(registry.rearm(7)).isEmpty();
    }

    @Test
    void rearms_each_path_once_by_kind() {
        registry.add(Kind.CHILD, new Sink("/c"));
        registry.add(Kind.DATA, new Sink("/d"));
        registry.add(Kind.DATA, new Sink("/d"));
        registry.add(Kind.EXIST, new Sink("/e"));

        SetWatches only = registry.rearm(7).get(0);

        assertThat(registry.rearm(7)).hasSize(1);
        assertThat(only.relativeZxid()).isEqualTo(7);
        assertThat(only.data()).containsExactly("/d");
        assertThat(only.exist()).containsExactly("/e");
        assertThat(only.child()).containsExactly("/c");
    }

    @Test
    void keeps_those_that_stay() {
        Sink here = new Sink("/a");
        Sink below = new Sink("/a");
        registry.add(Kind.PERSISTENT, here);
        registry.add(Kind.PERSISTENT_RECURSIVE, below);

        registry.fire(new WatchEvent(EventType.NODE_CHILDREN_CHANGED, "/a"));
        registry.fire(new WatchEvent(EventType.NODE_DATA_CHANGED, "/a"));
        registry.fire(new WatchEvent(EventType.NODE_CREATED, "/a/b/c"));

        assertThat(here.heard).hasSize(2);
        assertThat(below.heard).hasSize(2);
        SetWatches again = registry.rearm(7).get(0);
        assertThat(again.op()).isEqualTo(OpCode.SET_WATCHES2);
        assertThat(again.persistent()).containsExactly("/a");
        assertThat(again.persistentRecursive()).containsExactly("/a");
        assertThat(registry.removePersistent(WatcherType.PERSISTENT, here)).isTrue();
        assertThat(registry.removePersistent(WatcherType.PERSISTENT, here)).isFalse();
        assertThat(registry.removePersistent(WatcherType.PERSISTENT_RECURSIVE, below))
                .isTrue();
        assertThat(registry.rearm(7)).isEmpty();
    }

    @Test
    void splits_what_is_longer_than_a_frame_may_be() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            paths.add("/" + "ä日".repeat(40) + i);
        }
        paths.forEach(path -> registry.add(Kind.DATA, new Sink(path)));
        paths.forEach(path -> registry.add(Kind.CHILD, new Sink(path)));

        List<SetWatches> batches = registry.rearm(7);

        assertThat(batches).hasSizeGreaterThan(10);
        assertThat(batches).allSatisfy(batch -> {
            ByteBuf body = Unpooled.buffer();
            RequestCodec.encodeBody(batch, body);
            assertThat(body.readableBytes()).isLessThanOrEqualTo(128 * 1024 + 20);
        });
        assertThat(batches.stream().flatMap(batch -> batch.data().stream())).containsExactlyElementsOf(paths);
        assertThat(batches.stream().flatMap(batch -> batch.child().stream())).containsExactlyElementsOf(paths);
    }

    @Test
    void tells_those_whom_an_event_concerns_once() {
        Sink data = new Sink("/a");
        Sink child = new Sink("/a");
        Sink elsewhere = new Sink("/b");
        registry.add(Kind.DATA, data);
        registry.add(Kind.CHILD, child);
        registry.add(Kind.DATA, elsewhere);
        WatchEvent changed = new WatchEvent(EventType.NODE_DATA_CHANGED, "/a");
        WatchEvent deleted = new WatchEvent(EventType.NODE_DELETED, "/a");

        registry.fire(changed);
        registry.fire(changed);
        registry.fire(deleted);

        assertThat(data.heard).containsExactly(changed);
        assertThat(child.heard).containsExactly(deleted);
        assertThat(elsewhere.heard).isEmpty();
    }

    @Test
    void forgets_who_is_removed_or_never_wanted_it() {
        Sink removed = new Sink("/a");
        Sink unwanted = new Sink("/a");
        unwanted.isWanted = false;
        registry.add(Kind.DATA, removed);
        registry.add(Kind.DATA, unwanted);

        registry.remove(removed);

        assertThat(registry.rearm(7)).isEmpty();
    }

    @Test
    void tells_everybody_of_a_lost_session() {
        Sink sink = new Sink("/a");
        registry.add(Kind.EXIST, sink);

        registry.sessionLost("expired");
        registry.sessionLost("expired");

        assertThat(sink.heard).containsExactly("expired");
    }

    private static final class Sink implements WatchSink {
        private final String path;
        private final List<Object> heard = new ArrayList<>();
        private boolean isWanted = true;

        private Sink(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public boolean isWanted() {
            return isWanted;
        }

        @Override
        public void onEvent(WatchEvent event) {
            heard.add(event);
        }

        @Override
        public void onLost(String reason) {
            heard.add(reason);
        }
    }
}
