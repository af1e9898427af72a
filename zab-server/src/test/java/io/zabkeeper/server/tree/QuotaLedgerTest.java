package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol §8. */
class QuotaLedgerTest {
    private static final TreeSettings ENFORCED = new TreeSettings(agreed(true), "", 0);
    private static final String STATS = "/zookeeper/quota/a/zookeeper_stats";
    private static final String LIMITS = "/zookeeper/quota/a/zookeeper_limits";

    private final TreeFixture tree = new TreeFixture(ENFORCED);

    private static Agreed agreed(boolean enforceQuota) {
        Agreed agreed = Agreed.DEFAULT;
        return new Agreed(
                true,
                enforceQuota,
                agreed.digestScheme(),
                agreed.pathLevels(),
                agreed.aclEntries(),
                agreed.multiOperations());
    }

    @Test
    void counts_once_and_then_adds() {
        create("/a", "12345");
        create("/a/b", "123");
        create("/a/b/c", null);
        create("/other", "123456789");

        limit("/a", "count=100,bytes=1000");
        assertThat(text(STATS)).isEqualTo("count=3,bytes=8");

        create("/a/d", "1");
        tree.setData("/a/b", "1234567");
        tree.delete("/a/b/c");
        create("/ab", "12");
        assertThat(text(STATS)).isEqualTo("count=3,bytes=13");
        assertThat(tree.machine.quotas()).containsExactly(new QuotaReport("/a", 100, 1000, 3, 13));
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    @Test
    void leaves_no_trace_but_the_data() {
        create("/a", "");
        limit("/a", "count=100,bytes=1000");
        Stat before = tree.stat(STATS);

        Applied applied = create("/a/b", "123");

        Stat after = tree.stat(STATS);
        assertThat(applied.events().stream().map(TreeEvent::path)).containsExactly("/a/b", "/a");
        assertThat(text(STATS)).isEqualTo("count=2,bytes=3");
        assertThat(after.mzxid()).isEqualTo(before.mzxid());
        assertThat(after.mtime()).isEqualTo(before.mtime());
        assertThat(after.version()).isZero();
        assertThat(after.dataLength()).isEqualTo("count=2,bytes=3".length());
    }

    @Test
    void the_deepest_limit_counts_alone() {
        create("/a", "");
        create("/a/b", "");
        limit("/a", "count=10,bytes=-1");
        limit("/a/b", "count=10,bytes=-1");

        create("/a/b/c", "12");
        create("/a/x", "1");

        assertThat(text(STATS)).isEqualTo("count=3,bytes=1");
        assertThat(text("/zookeeper/quota/a/b/zookeeper_stats")).isEqualTo("count=2,bytes=2");
    }

    @Test
    void a_hard_limit_refuses_a_soft_one_remarks() {
        create("/a", "");
        limit("/a", "count=2,bytes=-1=;byteHardLimit=5;countHardLimit=4");
        create("/a/b", "12345");
        assertThat(tree.machine.takeQuotaExcess()).isNull();

        assertThat(create("/a/c", "1").error()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.machine.takeQuotaExcess()).isEqualTo(new QuotaExcess("/a", "bytes", 6, 5, true, true));
        assertThat(tree.machine.takeQuotaExcess()).isNull();
        assertThat(tree.setData("/a", "1").error()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.setData("/a/b", "54321").error()).isEqualTo(ErrorCode.OK);
        create("/a/c", null);
        create("/a/d", null);
        assertThat(create("/a/e", null).error()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.delete("/a/d").error()).isEqualTo(ErrorCode.OK);
        assertThat(create("/a/e", null).error()).isEqualTo(ErrorCode.OK);

        limit("/s", "count=0,bytes=0");
        create("/s", "1");
        assertThat(tree.machine.takeQuotaExcess()).isEqualTo(new QuotaExcess("/s", "bytes", 1, 0, false, false));
    }

    @Test
    void nothing_is_refused_unless_limits_are_enforced() {
        TreeFixture lenient = new TreeFixture(new TreeSettings(agreed(false), "", 0));
        lenient.create("/zookeeper/quota/a");
        write(lenient, LIMITS, "countHardLimit=0");
        write(lenient, STATS, "");

        assertThat(lenient.create("/a").error()).isEqualTo(ErrorCode.OK);

        assertThat(lenient.machine.takeQuotaExcess()).isEqualTo(new QuotaExcess("/a", "count", 1, 0, true, false));
    }

    /** §3.3: behind the checks of the path and of the parent, in front of the version. */
    @Test
    void a_refusal_has_its_place_among_the_errors() {
        create("/a", "");
        limit("/a", "byteHardLimit=0;countHardLimit=1");
        tree.create("/a", List.of());

        assertThat(create("/a", "").error()).isEqualTo(ErrorCode.NODEEXISTS);
        assertThat(create("/a/b/c", "").error()).isEqualTo(ErrorCode.NONODE);
        assertThat(create("/a/b", "").error()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.write(new SetData("/a", Bytes.ofUtf8("1"), 77)).error()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.write(new SetData("/a", Bytes.EMPTY, 77)).error()).isEqualTo(ErrorCode.BADVERSION);
    }

    /** §2.3: a multi may grow as a whole beyond what each of its operations may. */
    @Test
    void a_multi_is_measured_against_what_is_committed() {
        create("/a", "");
        limit("/a", "countHardLimit=2");

        Applied grown = tree.multi(request("/a/b", "1"), request("/a/c", "1"));
        Applied refused = tree.multi(request("/a/d", "1"), new Delete("/a/b", -1));
        Applied lifted = tree.multi(new Delete(LIMITS, -1), request("/a/d", "1"));

        assertThat(errors(grown)).isEmpty();
        assertThat(errors(refused)).containsExactly(ErrorCode.QUOTA_EXCEEDED, ErrorCode.RUNTIME_INCONSISTENCY);
        assertThat(errors(lifted)).containsExactly(ErrorCode.OK, ErrorCode.QUOTA_EXCEEDED);
        assertThat(text(STATS)).isEqualTo("count=3,bytes=2");
        assertThat(tree.machine.quotas()).hasSize(1);
    }

    @Test
    void a_failed_multi_leaves_the_totals_alone() {
        create("/a", "");
        limit("/a", "count=9");

        tree.multi(request("/a/b", "1"), new Delete(LIMITS, -1), new Delete(STATS, -1), new Delete("/none", -1));

        assertThat(text(STATS)).isEqualTo("count=1,bytes=0");
        create("/a/b", "22");
        assertThat(text(STATS)).isEqualTo("count=2,bytes=2");
        assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
    }

    @Test
    void ends_with_its_limits_and_does_not_begin_with_its_stats() {
        create("/a", "1");
        limit("/a", "count=9");
        tree.delete(LIMITS);
        create("/a/b", "1");
        assertThat(text(STATS)).isEqualTo("count=1,bytes=1");
        assertThat(tree.machine.quotas()).isEmpty();

        write(tree, LIMITS, "count=9");
        create("/a/c", "1");

        assertThat(text(STATS)).isEqualTo("count=2,bytes=2");
    }

    @Test
    void takes_ephemerals_and_reaped_znodes_into_account() {
        create("/a", "");
        limit("/a", "count=9");
        tree.create("/a/e", CreateMode.EPHEMERAL);
        tree.create("/a/c", CreateMode.CONTAINER);
        tree.create("/a/c/x");
        assertThat(text(STATS)).isEqualTo("count=4,bytes=12");
        tree.delete("/a/c/x");
        ReapScan scan = tree.machine.reapScan(0);

        tree.order(new Command.ReapZnode(scan.next(Long.MAX_VALUE, 100), 0));
        tree.order(new Command.CloseSession(TreeFixture.SESSION));

        tree.session = TreeFixture.OTHER_SESSION;
        assertThat(text(STATS)).isEqualTo("count=1,bytes=0");
    }

    /** CVE-2026-100300. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/zookeeper/quota/zookeeper_limits",
                "/zookeeper/quota/zookeeper_stats",
                "/zookeeper/zookeeper_limits",
                "/zookeeper/zookeeper_stats",
                "/zookeeper_limits",
                "/zookeeper_stats",
                "/zookeeper/quotas/zookeeper_limits",
                "/zookeeper/quota/zookeeper/zookeeper_limits",
                "/zookeeper/quota/zookeeper/zookeeper_stats",
                "/zookeeper/quota/zookeeper/quota/zookeeper_stats",
                "/zookeeper/quota/a/zookeeper_stats/zookeeper_limits"
            })
    void junk_below_the_quotas_breaks_nothing(String path) {
        for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
            tree.create(path.substring(0, i));
        }
        for (String junk : List.of("", "junk", "count=", "count=1,bytes=9223372036854775807", "=;;,=")) {
            assertThat(write(tree, path, junk).error()).isEqualTo(ErrorCode.OK);
            assertThat(create(path + "/child", "1").error()).isIn(ErrorCode.OK, ErrorCode.QUOTA_EXCEEDED);
            create("/zookeeper/x", "12");
            tree.setData(path, junk + junk);
            tree.setData(path, null);
            tree.delete(path + "/child");
            tree.delete("/zookeeper/x");
            assertThat(tree.delete(path).error()).isEqualTo(ErrorCode.OK);
            assertThat(tree.machine.digest()).isEqualTo(tree.machine.recomputedDigest());
        }
        assertThat(tree.machine.quotas()).isEmpty();
    }

    @Test
    void a_usage_that_cannot_be_read_is_left_alone_and_stops_nobody() {
        create("/a", "");
        limit("/a", "countHardLimit=1");
        tree.setData(STATS, "nonsense");

        assertThat(create("/a/b", "1").error()).isEqualTo(ErrorCode.OK);

        assertThat(text(STATS)).isEqualTo("nonsense");
        assertThat(tree.machine.quotas()).containsExactly(new QuotaReport("/a", 1, -1, -1, -1));
    }

    /** The totals are a part of the state: what restores it restores them, however they came about. */
    @Test
    void the_totals_are_what_counting_gives_after_every_history_and_every_restart() {
        int compared = 0;
        for (int seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            TreeFixture lively = new TreeFixture(ENFORCED);
            for (int i = 0; i < 1_500; i++) {
                step(lively, random);
                if (random.nextInt(100) == 0) {
                    compared += assertRecounted(lively, seed);
                    restart(lively);
                }
            }
            assertRecounted(lively, seed);
        }
        assertThat(compared).isGreaterThan(50);
    }

    private static void step(TreeFixture lively, Random random) {
        String top = "/p" + random.nextInt(2);
        String path = top + (random.nextInt(3) == 0 ? "" : "/c" + random.nextInt(4));
        String data = "x".repeat(random.nextInt(9));
        switch (random.nextInt(12)) {
            case 0 -> {
                String place = "/zookeeper/quota" + top;
                lively.create(place);
                write(lively, place + "/zookeeper_limits", "count=3,bytes=9=;byteHardLimit=40");
                lively.delete(place + "/zookeeper_stats");
                write(lively, place + "/zookeeper_stats", "count=0,bytes=0");
            }
            case 1 -> {
                lively.delete("/zookeeper/quota" + top + "/zookeeper_limits");
                lively.delete("/zookeeper/quota" + top + "/zookeeper_stats");
            }
            case 2, 3 -> lively.delete(path);
            case 4, 5, 6 -> lively.setData(path, data);
            case 7 ->
                lively.multi(
                        request(path, data), new SetData(path, Bytes.ofUtf8("multi"), -1), new Delete("/p0/c0", -1));
            default -> write(lively, path, data);
        }
    }

    private static void restart(TreeFixture lively) {
        Records records = new Records();
        Walk walk = lively.machine.walk();
        walk.next(Integer.MAX_VALUE, records);
        walk.close();
        lively.machine = records.restore(ENFORCED, walk.meta());
    }

    private static int assertRecounted(TreeFixture lively, int seed) {
        for (QuotaReport quota : lively.machine.quotas()) {
            long count = 0;
            long bytes = 0;
            for (Map.Entry<String, TreeDump.Seen> entry :
                    TreeDump.of(lively.machine).entrySet()) {
                String path = entry.getKey();
                if (path.equals(quota.path()) || path.startsWith(quota.path() + "/")) {
                    count++;
                    bytes += entry.getValue().stat().dataLength();
                }
            }
            assertThat(quota).as("seed %d", seed).isEqualTo(new QuotaReport(quota.path(), 3, 40, count, bytes));
        }
        return lively.machine.quotas().size();
    }

    private void limit(String path, String limits) {
        String place = "/zookeeper/quota" + path;
        for (int i = place.indexOf('/', 1); i > 0; i = place.indexOf('/', i + 1)) {
            tree.create(place.substring(0, i));
        }
        tree.create(place);
        assertThat(write(tree, place + "/zookeeper_limits", limits).error()).isEqualTo(ErrorCode.OK);
        assertThat(write(tree, place + "/zookeeper_stats", "count=0,bytes=0").error())
                .isEqualTo(ErrorCode.OK);
    }

    private Applied create(String path, @Nullable String data) {
        return write(tree, path, data);
    }

    private static Applied write(TreeFixture tree, String path, @Nullable String data) {
        return tree.write(request(path, data));
    }

    private static Create request(String path, @Nullable String data) {
        return new Create(OpCode.CREATE, path, data == null ? null : Bytes.ofUtf8(data), Acl.OPEN_UNSAFE, 0);
    }

    private static List<ErrorCode> errors(Applied applied) {
        MultiReply reply = (MultiReply) Objects.requireNonNull(applied.reply());
        return reply.results().stream()
                .filter(Result.Failed.class::isInstance)
                .map(result -> ((Result.Failed) result).error())
                .toList();
    }

    private String text(String path) {
        DataReply reply = (DataReply)
                Objects.requireNonNull(tree.read(new GetData(path, false)).reply());
        return Objects.requireNonNull(reply.data()).utf8();
    }
}
