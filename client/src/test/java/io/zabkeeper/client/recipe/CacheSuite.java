package io.zabkeeper.client.recipe;

import static io.zabkeeper.client.ZabClient.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.Znode;
import io.zabkeeper.client.recipe.TreeCache.Depth;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A cache is what the server says, a moment later. */
abstract class CacheSuite extends RecipeSuite {
    private static final int CHANGES = 300;
    private static final CacheListener NOBODY = new CacheListener() {};

    /** What a cache tells, in order. */
    private static final class Diary implements CacheListener {
        private final List<String> entries = new CopyOnWriteArrayList<>();

        @Override
        public void created(String path, Znode znode) {
            entries.add("+" + path + "=" + znode.utf8());
        }

        @Override
        public void changed(String path, Znode before, Znode now) {
            entries.add(path + "=" + before.utf8() + ">" + now.utf8());
        }

        @Override
        public void deleted(String path, Znode before) {
            entries.add("-" + path + "=" + before.utf8());
        }

        @Override
        public void complete() {
            entries.add("complete");
        }

        @Override
        public void stale(String reason) {
            entries.add("stale");
        }

        @Override
        public void ended(String reason) {
            entries.add("ended");
        }
    }

    @Test
    void of_a_subtree_has_what_is_there_and_follows_it() {
        ZabClient client = client();
        write(client, "/a", "1");
        write(client, "/a/b", "2");
        Diary diary = new Diary();

        try (TreeCache cache = TreeCache.follow(client, "/a", Depth.SUBTREE, diary)) {
            assertThat(cache.whenComplete()).succeedsWithin(Eventually.SOON);
            assertThat(cache.isCurrent()).isTrue();
            assertThat(texts(cache)).isEqualTo(Map.of("/a", "1", "/a/b", "2"));
            write(client, "/a/b/c", "3");
            client.setData("/a", Bytes.ofUtf8("4"), ANY_VERSION);
            client.delete("/a/b/c", ANY_VERSION);
            Eventually.until(
                    "all is told",
                    () -> diary.entries.contains("/a=1>4")
                            && cache.get("/a/b/c").isEmpty()
                            && diary.entries.size() >= 4);
        }

        assertThat(diary.entries).startsWith("+/a=1", "+/a/b=2", "complete");
    }

    @Test
    void of_children_and_of_one_follow_no_more_than_that() {
        ZabClient client = client();
        write(client, "/a", "1");
        write(client, "/a/b", "2");
        write(client, "/a/b/c", "3");

        try (TreeCache children = TreeCache.follow(client, "/a", Depth.CHILDREN, NOBODY);
                TreeCache one = TreeCache.follow(client, "/a", Depth.NODE, NOBODY)) {
            assertThat(children.whenComplete()).succeedsWithin(Eventually.SOON);
            assertThat(one.whenComplete()).succeedsWithin(Eventually.SOON);
            assertThat(texts(children)).isEqualTo(Map.of("/a", "1", "/a/b", "2"));
            assertThat(texts(one)).isEqualTo(Map.of("/a", "1"));
            write(client, "/a/b/d", "4");
            write(client, "/a/e", "5");
            client.setData("/a", Bytes.ofUtf8("6"), ANY_VERSION);
            Eventually.until(
                    "both see it",
                    () -> texts(children).equals(Map.of("/a", "6", "/a/b", "2", "/a/e", "5"))
                            && texts(one).equals(Map.of("/a", "6")));
        }
    }

    @Test
    void of_nothing_waits_for_something() {
        ZabClient client = client();
        Diary diary = new Diary();

        try (TreeCache cache = TreeCache.follow(client, "/later", Depth.SUBTREE, diary)) {
            assertThat(cache.whenComplete()).succeedsWithin(Eventually.SOON);
            assertThat(cache.all()).isEmpty();
            write(client, "/later", "1");
            Eventually.until("it is there", () -> texts(cache).equals(Map.of("/later", "1")));
            client.delete("/later", ANY_VERSION);
            Eventually.until("it is gone", () -> cache.all().isEmpty());
            Eventually.until("it is told", () -> diary.entries.size() >= 3);
        }

        assertThat(diary.entries).containsExactly("complete", "+/later=1", "-/later=1");
    }

    @Test
    void learns_behind_a_reconnect_what_happened_meanwhile() throws IOException {
        ZabClient watcher = relayed();
        ZabClient other = clientOf(2);
        write(other, "/a", "1");
        write(other, "/a/gone", "2");
        write(other, "/a/stays", "3");
        watcher.sync("/a");
        Diary diary = new Diary();

        try (TreeCache cache = TreeCache.follow(watcher, "/a", Depth.SUBTREE, diary)) {
            assertThat(cache.whenComplete()).succeedsWithin(Eventually.SOON);
            relay.refuse(true);
            Eventually.until("stale", () -> diary.entries.contains("stale"));
            assertThat(cache.isCurrent()).isFalse();
            other.delete("/a/gone", ANY_VERSION);
            write(other, "/a/new", "4");
            other.setData("/a", Bytes.ofUtf8("5"), ANY_VERSION);
            relay.refuse(false);
            Map<String, String> now = Map.of("/a", "5", "/a/stays", "3", "/a/new", "4");
            Eventually.until("current again", () -> texts(cache).equals(now));
            write(other, "/a/new/er", "6");
            Eventually.until("it follows", () -> cache.get("/a/new/er").isPresent());
            Eventually.until("it says so", cache::isCurrent);
        }

        assertThat(diary.entries).contains("/a=1>5", "-/a/gone=2", "+/a/new=4");
    }

    @Test
    void is_what_is_there_after_many_changes_over_connections_that_break() throws IOException {
        ZabClient watcher = relayed();
        ZabClient other = clientOf(2);
        write(other, "/t", "");
        Random random = new Random(4);

        try (TreeCache cache = TreeCache.follow(watcher, "/t", Depth.SUBTREE, NOBODY)) {
            for (int i = 0; i < CHANGES; i++) {
                String path = "/t/n" + random.nextInt(20);
                if (other.exists(path).isEmpty()) {
                    write(other, path, "v" + i);
                } else if (random.nextBoolean()) {
                    other.setData(path, Bytes.ofUtf8("v" + i), ANY_VERSION);
                } else {
                    other.delete(path, ANY_VERSION);
                }
                if (i % 60 == 30) {
                    relay.cut();
                }
            }
            Map<String, String> truth = new TreeMap<>(Map.of("/t", ""));
            other.getChildren("/t")
                    .forEach(name ->
                            truth.put("/t/" + name, other.getData("/t/" + name).utf8()));

            Eventually.until("it has caught up", () -> texts(cache).equals(truth));
        }
    }

    @Test
    void ends_with_the_session() {
        ZabClient mortal = client();
        Diary diary = new Diary();
        TreeCache cache = TreeCache.follow(mortal, "/", Depth.NODE, diary);
        assertThat(cache.whenComplete()).succeedsWithin(Eventually.SOON);

        mortal.close();

        Eventually.until("ended", () -> diary.entries.contains("ended"));
        assertThat(cache.isCurrent()).isFalse();
        assertThatThrownBy(() -> TreeCache.follow(mortal, "/", Depth.NODE, NOBODY)
                        .whenComplete()
                        .join())
                .hasMessageContaining("session lost");
    }

    private static void write(ZabClient client, String path, String text) {
        client.create(path, Bytes.ofUtf8(text));
    }

    private static Map<String, String> texts(TreeCache cache) {
        Map<String, String> texts = new TreeMap<>();
        cache.all().forEach((path, znode) -> texts.put(path, znode.utf8()));
        return texts;
    }
}
