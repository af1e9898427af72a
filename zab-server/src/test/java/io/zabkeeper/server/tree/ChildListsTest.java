package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.ListPageReply;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildListsTest {
    private static final List<Acl> NOBODY = List.of(new Acl(0, AuthId.ANYONE));

    private final TreeFixture tree = new TreeFixture(new TreeSettings(TreeSettings.DEFAULT.agreed(), "", 77));

    @Test
    void tells_the_children_of_sessions_from_the_others() {
        tree.create("/a");
        tree.create("/a/p");
        tree.create("/a/c", CreateMode.CONTAINER);
        tree.create("/a/e", CreateMode.EPHEMERAL);

        assertThat(filtered(ChildFilter.ALL)).containsExactlyInAnyOrder("p", "c", "e");
        assertThat(filtered(ChildFilter.PERSISTENT)).containsExactlyInAnyOrder("p", "c");
        assertThat(filtered(ChildFilter.EPHEMERAL)).containsExactly("e");
    }

    @Test
    void tells_nothing_of_a_child_that_may_not_be_read_but_its_name() {
        tree.create("/a");
        tree.create("/a/secret", NOBODY);

        assertThat(filtered(ChildFilter.ALL)).containsExactly("secret");
        assertThat(error(new FilteredList("/a", false, ChildFilter.EPHEMERAL))).isEqualTo(ErrorCode.NOAUTH);
        assertThat(error(new DetailedList("/a", false, ChildFilter.ALL, false, false)))
                .isEqualTo(ErrorCode.OK);
        assertThat(error(new DetailedList("/a", false, ChildFilter.ALL, true, false)))
                .isEqualTo(ErrorCode.NOAUTH);
        assertThat(error(new DetailedList("/a", false, ChildFilter.ALL, false, true)))
                .isEqualTo(ErrorCode.NOAUTH);
        assertThat(error(new FilteredList("/none", false, ChildFilter.ALL))).isEqualTo(ErrorCode.NONODE);
        assertThat(error(new DetailedList("/a/secret", false, ChildFilter.ALL, false, false)))
                .isEqualTo(ErrorCode.NOAUTH);
        assertThat(error(new ListPage("/a/secret", 1, null))).isEqualTo(ErrorCode.NOAUTH);
        assertThat(error(new ListPage("/none", 1, null))).isEqualTo(ErrorCode.NONODE);
    }

    @Test
    void tells_what_children_are() {
        tree.create("/a");
        tree.create("/a/b");
        tree.write(new Create(OpCode.CREATE, "/a/n", null, Acl.OPEN_UNSAFE, 0));

        DetailedListReply both = detailed(true, true);

        List<String> names = both.names().stream().map(Bytes::utf8).toList();
        assertThat(names).containsExactlyInAnyOrder("b", "n");
        int b = names.indexOf("b");
        assertThat(both.stat()).isEqualTo(tree.stat("/a"));
        assertThat(both.stats().get(b)).isEqualTo(tree.stat("/a/b"));
        assertThat(both.data().get(b)).isEqualTo(Bytes.ofUtf8("data"));
        assertThat(both.data().get(1 - b)).isEqualTo(Bytes.EMPTY);
        assertThat(detailed(true, false).data()).isEmpty();
        assertThat(detailed(false, true).stats()).isEmpty();
    }

    @Test
    void refuses_a_list_that_would_be_too_long() {
        tree.create("/a");
        Bytes large = Bytes.of(new byte[1024 * 1024]);
        for (int i = 0; i < 17; i++) {
            tree.write(new Create(OpCode.CREATE, "/a/" + i, large, Acl.OPEN_UNSAFE, 0));
        }

        assertThat(error(new DetailedList("/a", false, ChildFilter.ALL, true, true)))
                .isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(detailed(true, false).stats()).hasSize(17);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5000})
    void hands_out_each_child_once_page_by_page(int limit) {
        int count = 3_000;
        tree.create("/a");
        for (int i = 0; i < count; i++) {
            tree.create("/a/" + i);
        }

        List<String> names = pages(limit, page -> assertThat(page.names()).hasSizeBetween(1, limit));

        assertThat(names).hasSize(count).doesNotHaveDuplicates();
    }

    /** A family grows from a leaf to a fan and back while it is listed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void misses_nobody_who_was_there_all_the_time(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        tree.create("/a");
        Set<String> staying = new HashSet<>();
        List<String> passing = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tree.create("/a/stays" + i);
            staying.add("stays" + i);
        }
        int[] turn = {0};

        List<String> names = pages(20, page -> {
            boolean grows = turn[0]++ % 20 < 10;
            for (int i = 0; i < 150; i++) {
                if (grows) {
                    String name = "passes" + seed + "-" + random.nextInt();
                    tree.create("/a/" + name);
                    passing.add(name);
                } else if (!passing.isEmpty()) {
                    tree.delete("/a/" + passing.remove(random.nextInt(passing.size())));
                }
            }
        });

        assertThat(names).doesNotHaveDuplicates().containsAll(staying);
    }

    @Test
    void says_whether_the_children_were_the_same_all_the_time() {
        tree.create("/a");
        tree.create("/a/1");
        tree.create("/a/2");
        ListPageReply first = page(1, null);
        ListPageReply second = page(1, first.token());
        tree.create("/a/3");
        ListPageReply later = page(1, first.token());

        assertThat(second.stat()).isEqualTo(first.stat());
        assertThat(second.token()).isNull();
        assertThat(later.stat()).isNotEqualTo(first.stat());
    }

    @Test
    void knows_its_own_tokens_only() {
        tree.create("/a");
        tree.create("/a/1");
        tree.create("/a/2");
        Bytes token = Objects.requireNonNull(page(1, null).token());
        TreeFixture other = new TreeFixture(new TreeSettings(TreeSettings.DEFAULT.agreed(), "", 78));
        other.create("/a");

        assertThat(other.read(new ListPage("/a", 1, token)).error()).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(error(new ListPage("/a", 1, Bytes.EMPTY))).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(error(new ListPage("/a", 1, Bytes.of(new byte[Long.BYTES])))).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(error(new ListPage("/a", 0, null))).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(error(new ListPage("/a", -1, null))).isEqualTo(ErrorCode.BAD_ARGUMENTS);
        assertThat(page(Integer.MAX_VALUE, null).names()).hasSize(2);
        tree.delete("/a/1");
        tree.delete("/a/2");
        assertThat(page(1, token)).isEqualTo(new ListPageReply(List.of(), tree.stat("/a"), null));
    }

    private List<String> pages(int limit, Consumer<ListPageReply> meanwhile) {
        List<String> names = new ArrayList<>();
        Bytes token = null;
        do {
            ListPageReply page = page(limit, token);
            page.names().forEach(name -> names.add(name.utf8()));
            meanwhile.accept(page);
            token = page.token();
        } while (token != null);
        return names;
    }

    private ListPageReply page(int limit, @Nullable Bytes token) {
        return (ListPageReply) Objects.requireNonNull(
                tree.read(new ListPage("/a", limit, token)).reply());
    }

    private DetailedListReply detailed(boolean withStats, boolean withData) {
        return (DetailedListReply)
                Objects.requireNonNull(tree.read(new DetailedList("/a", false, ChildFilter.ALL, withStats, withData))
                        .reply());
    }

    private List<String> filtered(ChildFilter filter) {
        ChildrenReply reply = (ChildrenReply) Objects.requireNonNull(
                tree.read(new FilteredList("/a", false, filter)).reply());
        assertThat(reply.stat()).isEqualTo(tree.stat("/a"));
        return reply.names().stream().map(Bytes::utf8).toList();
    }

    private ErrorCode error(Request request) {
        return tree.read(request).error();
    }
}
