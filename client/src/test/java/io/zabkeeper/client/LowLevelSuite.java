package io.zabkeeper.client;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ClientInfo;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.WatchEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What few need, and every ZooKeeper has. */
abstract class LowLevelSuite extends ServerSuite {
    private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();

    @Test
    void reads_several_at_once() {
        client.create("/a", Bytes.ofUtf8("x"));
        client.create("/a/b", null);

        assertThat(client.lowLevel()
                        .readTogether(
                                List.of(new Read.OfData("/a"), new Read.OfData("/none"), new Read.OfChildren("/a"))))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo(List.of(
                        new Read.Found.Data(client.getData("/a")),
                        new Read.Found.Nothing(ErrorCode.NONODE),
                        new Read.Found.Names(List.of("b"))));
        assertThat(client.lowLevel().readTogether(List.of(new Read.OfData("nowhere"))))
                .failsWithin(Eventually.SOON);
    }

    @Test
    void counts_what_is_below() {
        client.create("/a", null);
        client.create("/a/b", null);
        client.create("/a/b/c", null);

        assertThat(client.lowLevel().countBelow("/a"))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo(2);
    }

    @Test
    void lists_the_ephemerals_of_the_session() {
        client.create("/e", null, CreateOptions.EPHEMERAL);
        client.create("/p", null);

        assertThat(client.lowLevel().ephemerals())
                .succeedsWithin(Eventually.SOON)
                .isEqualTo(List.of("/e"));
    }

    @Test
    void knows_who_it_is() {
        client.addAuth("digest", Bytes.ofUtf8("alice:secret"));

        assertThat(client.lowLevel().whoAmI().join())
                .containsExactlyInAnyOrder(new ClientInfo("ip", "127.0.0.1"), new ClientInfo("digest", "alice"));
    }

    @Test
    void hears_of_everything_below_until_it_has_heard_enough() throws InterruptedException {
        PersistentWatch watch = client.lowLevel()
                .addWatch("/a", AddWatchMode.PERSISTENT_RECURSIVE, events::add)
                .join();
        client.create("/a", null);
        client.create("/a/b", null);
        client.setData("/a/b", null, ANY_VERSION);

        assertNext(EventType.NODE_CREATED, "/a");
        assertNext(EventType.NODE_CREATED, "/a/b");
        assertNext(EventType.NODE_DATA_CHANGED, "/a/b");
        assertThat(watch.closeAsync()).succeedsWithin(Eventually.SOON);
        client.delete("/a/b", ANY_VERSION);
        assertThat(events).isEmpty();
        assertThat(watch.isOpen()).isFalse();
    }

    @Test
    void hears_of_children_with_a_watch_that_stays() throws InterruptedException {
        client.create("/a", null);
        PersistentWatch first = client.lowLevel()
                .addWatch("/a", AddWatchMode.PERSISTENT, events::add)
                .join();
        client.lowLevel().addWatch("/a", AddWatchMode.PERSISTENT, event -> {}).join();

        client.create("/a/b", null);
        client.create("/a/c", null);

        assertNext(EventType.NODE_CHILDREN_CHANGED, "/a");
        assertNext(EventType.NODE_CHILDREN_CHANGED, "/a");
        assertThat(first.path()).isEqualTo("/a");
        first.close();
    }

    @Test
    void goes_on_hearing_behind_a_reconnect() throws IOException, InterruptedException {
        client.create("/a", null);
        client.lowLevel()
                .addWatch("/", AddWatchMode.PERSISTENT_RECURSIVE, events::add)
                .join();

        relay.refuse(true);
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        relay.refuse(false);
        client.sync("/");
        client.setData("/a", null, ANY_VERSION);

        assertNext(EventType.NODE_DATA_CHANGED, "/a");
    }

    @Test
    void tells_of_the_gap_in_which_changes_were_not_told() throws IOException, InterruptedException {
        BlockingQueue<Znode> seen = new LinkedBlockingQueue<>();
        client.create("/a", null);
        ZabClient other = another();
        client.lowLevel()
                .addWatch("/a", AddWatchMode.PERSISTENT, new WatchListener() {
                    @Override
                    public void onEvent(WatchEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void onGap() {
                        client.getDataAsync("/a").thenAccept(znode -> seen.add(znode));
                    }
                })
                .join();

        relay.refuse(true);
        Eventually.until("suspended", () -> client.state() == ConnectionState.SUSPENDED);
        other.setData("/a", Bytes.ofUtf8("unheard"), ANY_VERSION);
        relay.refuse(false);

        assertThat(seen.poll(20, TimeUnit.SECONDS)).extracting(Znode::data).isEqualTo(Bytes.ofUtf8("unheard"));
        other.setData("/a", Bytes.ofUtf8("heard"), ANY_VERSION);
        assertNext(EventType.NODE_DATA_CHANGED, "/a");
        assertThat(seen).isEmpty();
    }

    @Test
    void sends_no_extension_that_was_not_granted() {
        assertThat(client.lowLevel().extensions()).isEmpty();
        assertThat(client.lowLevel().createIfNotExists("/a", null, CreateOptions.PERSISTENT))
                .failsWithin(Eventually.SOON)
                .withThrowableThat()
                .withMessageContaining("the server has not granted the extension CREATE_IF_NOT_EXISTS");
        assertThat(client.transaction().checkNotExists("/a").commitAsync())
                .failsWithin(Eventually.SOON)
                .withThrowableThat()
                .withMessageContaining("the server has not granted the extension CHECK_NOT_EXISTS");
        assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);
    }

    private void assertNext(EventType type, String path) throws InterruptedException {
        assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(new WatchEvent(type, path));
    }
}
