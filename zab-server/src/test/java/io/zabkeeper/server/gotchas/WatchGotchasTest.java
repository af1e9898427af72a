package io.zabkeeper.server.gotchas;

import static io.zabkeeper.server.gotchas.Calls.NOTHING;
import static io.zabkeeper.server.gotchas.Calls.NO_NODE;
import static io.zabkeeper.server.gotchas.Calls.NO_WATCHER;
import static io.zabkeeper.server.gotchas.Calls.bytes;
import static io.zabkeeper.server.gotchas.Calls.done;
import static io.zabkeeper.server.gotchas.Calls.event;
import static io.zabkeeper.server.gotchas.Calls.eventsUntilNow;
import static io.zabkeeper.server.gotchas.Calls.node;
import static io.zabkeeper.server.gotchas.Calls.reattach;
import static io.zabkeeper.server.gotchas.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Ask;
import io.zabkeeper.server.oracle.OnBoth;
import io.zabkeeper.server.oracle.Received;
import io.zabkeeper.server.oracle.RecordReader;
import io.zabkeeper.server.oracle.Subject;
import io.zabkeeper.server.oracle.WireClient;
import io.zabkeeper.wire.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** When a watch fires, what it says, and when it is silent. */
class WatchGotchasTest {
    private static final int PERSISTENT_MODE = 0;
    private static final int RECURSIVE_MODE = 1;

    private static final int CHILDREN_TYPE = 1;
    private static final int DATA_TYPE = 2;
    private static final int ANY_TYPE = 3;

    @OnBoth
    void g24_exists_watches_a_node_that_is_missing(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1);
                WireClient other = subject.connect(1)) {
            refused(client, NO_NODE, Ask.exists("/g24", true));

            node(other, "/g24");

            assertThat(event(client)).isEqualTo("created /g24");
        }
    }

    @OnBoth
    void g25_other_reads_do_not_watch_what_is_missing(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1);
                WireClient other = subject.connect(1)) {
            refused(client, NO_NODE, Ask.getData("/g25", true));
            refused(client, NO_NODE, Ask.getChildren("/g25", true));
            refused(client, NO_NODE, Ask.read(OpCode.GET_CHILDREN2, "/g25", true));

            node(other, "/g25");
            node(other, "/g25/c");

            assertThat(eventsUntilNow(client)).isEmpty();
        }
    }

    @OnBoth
    void g50_the_event_of_an_own_write_comes_before_its_reply(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g50");
            done(client, Ask.getData("/g50", true));
            client.send(50, Ask.setData("/g50", NOTHING, -1));

            Received.Frame first = frame(client);
            Received.Frame second = frame(client);

            assertThat(Calls.describe(first)).isEqualTo("changed /g50");
            assertThat(second.xid()).isEqualTo(50);
            assertThat(first.zxid()).isEqualTo(second.zxid());
        }
    }

    @OnBoth
    void g51_an_event_comes_before_any_reply_that_shows_what_changed(Subject subject) throws IOException {
        try (WireClient reader = subject.connect(1);
                WireClient writer = subject.connect(1)) {
            done(writer, Ask.create("/g51", bytes("old"), Calls.PERSISTENT));
            done(reader, Ask.getData("/g51", true));
            reads(reader, 1, 250);
            List<String> seen = new ArrayList<>();
            seen.add(shown(frame(reader))); // Or the write may be carried out before all of the reads.
            writer.send(1, Ask.setData("/g51", bytes("new"), -1));
            reads(reader, 251, 500);
            assertThat(writer.reply().error()).isZero();
            reads(reader, 501, 510);
            for (int i = 1; i <= 510; i++) {
                seen.add(shown(frame(reader)));
            }

            int event = seen.indexOf("event");
            assertThat(seen.subList(0, event)).containsOnly("old");
            assertThat(seen.subList(event + 1, seen.size()))
                    .as("what is read behind the event")
                    .containsOnly("new");
        }
    }

    private static String shown(Received.Frame frame) {
        return frame.isEvent() ? "event" : Calls.text(frame.body());
    }

    private static void reads(WireClient client, int first, int last) {
        for (int xid = first; xid <= last; xid++) {
            client.send(xid, Ask.getData("/g51", false));
        }
    }

    @OnBoth
    void g52_a_standard_watch_fires_once(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g52");
            done(client, Ask.getData("/g52", true));
            done(client, Ask.setData("/g52", NOTHING, -1));
            done(client, Ask.setData("/g52", NOTHING, -1));

            assertThat(eventsUntilNow(client)).containsExactly("changed /g52");
        }
    }

    @OnBoth
    void g53_a_change_is_told_once_to_a_connection_with_several_watches(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g53");
            done(client, Ask.getData("/g53", true));
            done(client, Ask.exists("/g53", true));
            done(client, Ask.watch(OpCode.ADD_WATCH, "/g53", PERSISTENT_MODE));

            done(client, Ask.setData("/g53", NOTHING, -1));

            assertThat(eventsUntilNow(client)).containsExactly("changed /g53");
        }
    }

    @OnBoth
    void g54_a_deletion_is_told_once_and_then_the_parent_has_changed(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g54");
            node(client, "/g54/c");
            done(client, Ask.getData("/g54/c", true));
            done(client, Ask.getChildren("/g54/c", true));
            done(client, Ask.getChildren("/g54", true));

            done(client, Ask.delete("/g54/c", -1));

            assertThat(eventsUntilNow(client)).containsExactly("deleted /g54/c", "children /g54");
        }
    }

    @OnBoth
    void g55_a_child_watch_ignores_data_and_a_data_watch_ignores_children(Subject subject) throws IOException {
        try (WireClient ofChildren = subject.connect(1);
                WireClient ofData = subject.connect(1)) {
            node(ofData, "/g55");
            node(ofData, "/g55/c");
            done(ofChildren, Ask.getChildren("/g55", true));
            done(ofData, Ask.getData("/g55", true));

            done(ofData, Ask.setData("/g55/c", NOTHING, -1));
            node(ofData, "/g55/d");
            assertThat(eventsUntilNow(ofData)).isEmpty();
            assertThat(eventsUntilNow(ofChildren)).containsExactly("children /g55");

            done(ofChildren, Ask.getChildren("/g55", true));
            done(ofData, Ask.setData("/g55", NOTHING, -1));
            assertThat(eventsUntilNow(ofData)).containsExactly("changed /g55");
            assertThat(eventsUntilNow(ofChildren)).isEmpty();
        }
    }

    @OnBoth
    void g56_a_persistent_watch_hears_of_children_a_recursive_one_only_of_nodes(Subject subject) throws IOException {
        try (WireClient persistent = subject.connect(1);
                WireClient recursive = subject.connect(1)) {
            node(persistent, "/g56");
            done(persistent, Ask.watch(OpCode.ADD_WATCH, "/g56", PERSISTENT_MODE));
            done(recursive, Ask.watch(OpCode.ADD_WATCH, "/g56", RECURSIVE_MODE));

            node(persistent, "/g56/c");
            done(persistent, Ask.setData("/g56", NOTHING, -1));
            done(persistent, Ask.delete("/g56/c", -1));

            assertThat(eventsUntilNow(persistent)).containsExactly("children /g56", "changed /g56", "children /g56");
            assertThat(eventsUntilNow(recursive)).containsExactly("created /g56/c", "changed /g56", "deleted /g56/c");
        }
    }

    @OnBoth
    void g57_a_recursive_watch_names_descendants_that_did_not_exist_when_it_was_set(Subject subject)
            throws IOException {
        try (WireClient client = subject.connect(1);
                WireClient other = subject.connect(1)) {
            done(client, Ask.watch(OpCode.ADD_WATCH, "/g57", RECURSIVE_MODE));

            node(other, "/g57");
            node(other, "/g57/a");
            node(other, "/g57/a/b");
            done(other, Ask.setData("/g57/a/b", NOTHING, -1));
            node(other, "/g57x");

            assertThat(eventsUntilNow(client))
                    .containsExactly("created /g57", "created /g57/a", "created /g57/a/b", "changed /g57/a/b");
        }
    }

    @OnBoth
    void g58_set_watches_tells_what_changed_meanwhile_before_it_answers(Subject subject) throws IOException {
        try (WireClient other = subject.connect(1);
                WireClient before = subject.connect(1)) {
            node(other, "/g58-data");
            node(other, "/g58-child");
            node(other, "/g58-quiet");
            long seen = done(before, Ask.getData("/g58-data", true)).zxid();
            before.drop();
            done(other, Ask.setData("/g58-data", NOTHING, -1));
            node(other, "/g58-child/c");

            try (WireClient after = reattach(subject, 1, before.session())) {
                after.send(
                        -8,
                        Ask.setWatches(
                                OpCode.SET_WATCHES,
                                seen,
                                lists(List.of("/g58-data", "/g58-quiet"), List.of(), List.of("/g58-child"))));
                List<String> told = new ArrayList<>();
                Received.Frame frame = frame(after);
                for (; frame.isEvent(); frame = frame(after)) {
                    told.add(Calls.describe(frame));
                }

                assertThat(told).containsExactly("changed /g58-data", "children /g58-child");
                assertThat(frame.xid()).isEqualTo(-8);
                done(other, Ask.setData("/g58-quiet", NOTHING, -1));
                assertThat(eventsUntilNow(after)).containsExactly("changed /g58-quiet");
            }
        }
    }

    @OnBoth
    void g59_set_watches_for_what_was_missing_tells_that_it_is_there(Subject subject) throws IOException {
        try (WireClient other = subject.connect(1);
                WireClient client = subject.connect(1)) {
            node(other, "/g59");

            done(
                    client,
                    Ask.setWatches(
                            OpCode.SET_WATCHES,
                            Long.MAX_VALUE,
                            lists(List.of(), List.of("/g59", "/g59-no"), List.of())));

            assertThat(client.events().stream().map(Calls::describe)).containsExactly("created /g59");
            node(other, "/g59-no");
            assertThat(event(client)).isEqualTo("created /g59-no");
        }
    }

    @OnBoth
    void g60_set_watches_2_restores_persistent_watches_without_a_word(Subject subject) throws IOException {
        try (WireClient other = subject.connect(1);
                WireClient client = subject.connect(1)) {
            node(other, "/g60-p");
            node(other, "/g60-r");
            done(other, Ask.setData("/g60-p", NOTHING, -1));
            List<List<String>> lists = List.of(List.of(), List.of(), List.of(), List.of("/g60-p"), List.of("/g60-r"));

            done(client, Ask.setWatches(OpCode.SET_WATCHES2, 1, new ArrayList<>(lists)));

            assertThat(eventsUntilNow(client)).isEmpty();
            node(other, "/g60-r/deep");
            done(other, Ask.setData("/g60-p", NOTHING, -1));
            done(other, Ask.setData("/g60-p", NOTHING, -1));
            assertThat(eventsUntilNow(client))
                    .containsExactly("created /g60-r/deep", "changed /g60-p", "changed /g60-p");
        }
    }

    @OnBoth
    void g62_an_event_says_connected_no_error_and_the_whole_path(Subject subject) throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g62");
            node(client, "/g62/chroot");
            done(client, Ask.getData("/g62/chroot", true));
            done(client, Ask.setData("/g62/chroot", NOTHING, -1));

            Received.Frame event = client.event();

            RecordReader body = event.body();
            assertThat(List.of(event.xid(), event.error())).containsExactly(-1, 0);
            assertThat(List.of(body.int32(), body.int32())).containsExactly(3, 3);
            assertThat(body.text()).isEqualTo("/g62/chroot");
        }
    }

    @OnBoth
    void g63_removing_a_watch_that_is_not_there_is_refused_and_kinds_are_told_apart(Subject subject)
            throws IOException {
        try (WireClient client = subject.connect(1)) {
            node(client, "/g63");
            refused(client, NO_WATCHER, Ask.watch(OpCode.REMOVE_WATCHES, "/g63", ANY_TYPE));
            done(client, Ask.getData("/g63", true));

            refused(client, NO_WATCHER, Ask.watch(OpCode.REMOVE_WATCHES, "/g63", CHILDREN_TYPE));
            refused(client, NO_WATCHER, Ask.watch(OpCode.CHECK_WATCHES, "/g63", CHILDREN_TYPE));
            done(client, Ask.watch(OpCode.CHECK_WATCHES, "/g63", DATA_TYPE));
            done(client, Ask.watch(OpCode.REMOVE_WATCHES, "/g63", DATA_TYPE));
            refused(client, NO_WATCHER, Ask.watch(OpCode.REMOVE_WATCHES, "/g63", DATA_TYPE));
            refused(client, Calls.MARSHALLING, Ask.watch(OpCode.REMOVE_WATCHES, "/g63", 77));

            done(client, Ask.setData("/g63", NOTHING, -1));
            assertThat(eventsUntilNow(client)).isEmpty();
        }
    }

    private static List<List<String>> lists(List<String> data, List<String> exists, List<String> children) {
        return new ArrayList<>(List.of(data, exists, children));
    }

    /** The next frame, an event or not. */
    private static Received.Frame frame(WireClient client) throws IOException {
        Received received = client.receive(WireClient.PATIENCE);
        assertThat(received).isInstanceOf(Received.Frame.class);
        return (Received.Frame) received;
    }
}
