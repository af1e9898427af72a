package io.zabkeeper.client;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.WatchEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Watches fire once, in order, and across reconnects. */
abstract class WatchesSuite extends ServerSuite {
    @Test
    void tell_of_changed_data() {
        client.create("/a", null);
        WatchHandle watch = WatchHandle.create();
        client.getData("/a", watch);

        another().setData("/a", Bytes.ofUtf8("x"), ANY_VERSION);

        assertFires(watch, EventType.NODE_DATA_CHANGED, "/a");
    }

    @Test
    void tell_of_a_creation() {
        WatchHandle watch = WatchHandle.create();
        assertThat(client.exists("/a", watch)).isEmpty();

        another().create("/a", null);

        assertFires(watch, EventType.NODE_CREATED, "/a");
    }

    @Test
    void tell_of_a_deletion_once_however_they_were_registered() {
        client.create("/a", null);
        WatchHandle ofData = WatchHandle.create();
        WatchHandle ofStat = WatchHandle.create();
        WatchHandle ofChildren = WatchHandle.create();
        client.getData("/a", ofData);
        client.exists("/a", ofStat);
        client.getChildren("/a", ofChildren);

        another().delete("/a", ANY_VERSION);

        assertFires(ofData, EventType.NODE_DELETED, "/a");
        assertFires(ofStat, EventType.NODE_DELETED, "/a");
        assertFires(ofChildren, EventType.NODE_DELETED, "/a");
    }

    @Test
    void tell_of_children() {
        client.create("/p", null);
        WatchHandle watch = WatchHandle.create();
        WatchHandle watchWithStat = WatchHandle.create();
        client.getChildren("/p", watch);
        client.getChildrenWithStat("/p", watchWithStat);

        another().create("/p/c", null);

        assertFires(watch, EventType.NODE_CHILDREN_CHANGED, "/p");
        assertFires(watchWithStat, EventType.NODE_CHILDREN_CHANGED, "/p");
    }

    @Test
    void come_before_the_result_of_the_write_that_they_tell_of() {
        client.create("/a", null);
        List<String> order = new CopyOnWriteArrayList<>();
        client.getData("/a", WatchHandle.of(event -> order.add("event")));

        CompletableFuture<Void> set =
                client.setDataAsync("/a", null, ANY_VERSION).thenAccept(stat -> order.add("result"));

        assertThat(set).succeedsWithin(Eventually.SOON);
        assertThat(order).containsExactly("event", "result");
    }

    @Test
    void fire_once() {
        client.create("/a", null);
        ConcurrentLinkedQueue<WatchEvent> events = new ConcurrentLinkedQueue<>();
        client.getData("/a", WatchHandle.of(events::add));

        client.setData("/a", null, ANY_VERSION);
        client.setData("/a", null, ANY_VERSION);

        assertThat(events).containsExactly(new WatchEvent(EventType.NODE_DATA_CHANGED, "/a"));
    }

    @Test
    void are_not_registered_by_a_read_that_fails() {
        WatchHandle watch = WatchHandle.create();

        assertThatThrownBy(() -> client.getData("/none", watch)).isInstanceOf(RefusedException.class);

        assertThat(watch.fired()).isCompletedExceptionally();
        assertThatThrownBy(() -> client.exists("/none", watch)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fall_silent_when_they_are_closed() {
        client.create("/a", null);
        ConcurrentLinkedQueue<WatchEvent> events = new ConcurrentLinkedQueue<>();
        WatchHandle closed = WatchHandle.of(events::add);
        WatchHandle open = WatchHandle.of(events::add);
        client.getData("/a", closed);
        client.exists("/a", open);

        closed.close();
        client.setData("/a", null, ANY_VERSION);

        assertFires(open, EventType.NODE_DATA_CHANGED, "/a");
        assertThat(events).hasSize(1);
        assertThat(closed.fired()).isCancelled();
    }

    @Test
    void tell_after_a_reconnect_what_happened_meanwhile() throws IOException {
        ZabClient other = another();
        client.create("/data", null);
        client.create("/children", null);
        client.create("/gone", null);
        WatchHandle data = WatchHandle.create();
        WatchHandle children = WatchHandle.create();
        WatchHandle gone = WatchHandle.create();
        WatchHandle created = WatchHandle.create();
        client.getData("/data", data);
        client.getChildren("/children", children);
        client.exists("/gone", gone);
        client.exists("/created", created);

        relay.refuse(true);
        other.setData("/data", Bytes.ofUtf8("x"), ANY_VERSION);
        other.create("/children/c", null);
        other.delete("/gone", ANY_VERSION);
        other.create("/created", null);
        relay.refuse(false);

        assertFires(data, EventType.NODE_DATA_CHANGED, "/data");
        assertFires(children, EventType.NODE_CHILDREN_CHANGED, "/children");
        assertFires(gone, EventType.NODE_DELETED, "/gone");
        assertFires(created, EventType.NODE_CREATED, "/created");
    }

    @Test
    void wait_on_after_a_reconnect_for_what_did_not_happen_meanwhile() throws IOException {
        client.create("/data", null);
        WatchHandle data = WatchHandle.create();
        WatchHandle children = WatchHandle.create();
        WatchHandle created = WatchHandle.create();
        client.getData("/data", data);
        client.getChildren("/data", children);
        client.exists("/created", created);

        relay.refuse(true); // A cut alone may be mended before anybody looks.
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        relay.refuse(false);
        client.sync("/");

        assertThat(List.of(data, children, created)).allMatch(WatchHandle::isOpen);
        client.setData("/data", Bytes.ofUtf8("x"), ANY_VERSION);
        client.create("/data/c", null);
        client.create("/created", null);
        assertFires(data, EventType.NODE_DATA_CHANGED, "/data");
        assertFires(children, EventType.NODE_CHILDREN_CHANGED, "/data");
        assertFires(created, EventType.NODE_CREATED, "/created");
    }

    @Test
    void are_re_armed_however_many_they_are() throws IOException {
        String name = "x".repeat(200);
        int count = 3000;
        List<WatchHandle> watches = new ArrayList<>();
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            WatchHandle watch = WatchHandle.create();
            watches.add(watch);
            reads.add(client.existsAsync("/" + name + i, watch));
        }
        reads.forEach(read -> assertThat(read).succeedsWithin(Eventually.SOON));
        ZabClient other = another();

        relay.refuse(true);
        other.create("/" + name + 0, null);
        other.create("/" + name + (count - 1), null);
        relay.refuse(false);

        assertFires(watches.get(0), EventType.NODE_CREATED, "/" + name + 0);
        assertFires(watches.get(count - 1), EventType.NODE_CREATED, "/" + name + (count - 1));
        assertThat(watches.stream().filter(WatchHandle::isOpen)).hasSize(count - 2);
        other.create("/" + name + 1234, null);
        assertFires(watches.get(1234), EventType.NODE_CREATED, "/" + name + 1234);
    }

    @Test
    void end_with_the_session() {
        client.create("/a", null);
        WatchHandle watch = WatchHandle.create();
        client.getData("/a", watch);

        client.close();

        assertThat(watch.fired())
                .failsWithin(Eventually.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SessionLostException.class);
    }

    private static void assertFires(WatchHandle watch, EventType type, String path) {
        assertThat(watch.fired()).succeedsWithin(Eventually.SOON).isEqualTo(new WatchEvent(type, path));
    }
}
