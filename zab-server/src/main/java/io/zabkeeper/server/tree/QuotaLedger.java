package io.zabkeeper.server.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Quotas (client protocol §8): finds the limit that a path is under, and keeps the totals, one addition for each change.
 *
 * <p>The state is in the znodes below {@code /zookeeper/quota} and nowhere else; here they are kept as they were parsed,
 * by the path that they limit. A quota exists while there is a {@code zookeeper_limits} znode for it. Its
 * {@code zookeeper_stats} znode holds the totals: they are counted once, when a client creates it, and added to from then
 * on, without a trace in its stat and without an event. Whatever else clients write there is taken for no limit.
 *
 * <p>While there is no quota, a change costs one comparison. Belongs to the loop.
 */
final class QuotaLedger {
    private static final String PREFIX = FreshTree.QUOTA + "/";
    private static final byte[] LIMITS = "zookeeper_limits".getBytes(StandardCharsets.UTF_8);
    private static final byte[] USAGE = "zookeeper_stats".getBytes(StandardCharsets.UTF_8);
    private static final long NOWHERE = 0;

    private final Tree tree;
    private final Spot root = new Spot(null, "");

    /** Where a multi that is under way has changed a quota. */
    private final List<Spot> touched = new ArrayList<>();

    private boolean inMulti;
    private @Nullable QuotaExcess excess;

    /**
     * The two znodes of one quota.
     *
     * @param limits null for a text that is none
     * @param usageNode the id of the znode with the totals; {@link #NOWHERE} when there is none
     * @param usage null when there is none, or a text that is none
     */
    private record Quota(
            @Nullable QuotaText limits,
            long usageNode,
            @Nullable QuotaText usage) {}

    /** A path on the way to a quota, or one that has a quota. */
    private static final class Spot {
        final @Nullable Spot above;
        final String name;
        /** Never iterated where the order matters. */
        final Map<String, Spot> below = new HashMap<>(4);

        @Nullable
        Quota quota;

        /** As it was before the multi that is under way. */
        @Nullable
        Quota committed;

        boolean isTouched;

        Spot(@Nullable Spot above, String name) {
            this.above = above;
            this.name = name;
        }

        boolean isIdle() {
            return quota == null && !isTouched && below.isEmpty();
        }
    }

    QuotaLedger(Tree tree) {
        this.tree = tree;
    }

    // What happens to znodes.

    /** A znode was created. */
    void entered(Znode node) {
        if (!concerns(node)) {
            return;
        }
        String path = tree.pathOf(node);
        String limited = limitedBy(node, path);
        if (limited != null && Arrays.equals(node.name, LIMITS)) {
            enact(limited, node);
        } else if (limited != null) {
            QuotaText totals = totals(limited);
            tree.place(node, node.withDataOnly(totals.encoded()));
            useNode(limited, node.id, totals);
        }
        add(path, 1, node.dataLength());
    }

    /** Whether {@link #left} has to be told, and with which path, if this znode is deleted. */
    @Nullable
    String pathBeforeLeaving(Znode node) {
        return concerns(node) ? tree.pathOf(node) : null;
    }

    /** A znode was deleted. */
    void left(Znode node, String path) {
        String limited = limitedBy(node, path);
        if (limited != null && Arrays.equals(node.name, LIMITS)) {
            set(spot(limited), null);
        } else if (limited != null) {
            useNode(limited, NOWHERE, null);
        }
        add(path, -1, -node.dataLength());
    }

    /** A client has set the data of a znode. */
    void dataChanged(Znode before, Znode after) {
        if (!concerns(after)) {
            return;
        }
        String path = tree.pathOf(after);
        String limited = limitedBy(after, path);
        if (limited != null && Arrays.equals(after.name, LIMITS)) {
            enact(limited, after);
        } else if (limited != null) {
            useNode(limited, after.id, QuotaText.parse(after.data));
        }
        add(path, 0, after.dataLength() - before.dataLength());
    }

    /** Whether a change of this znode has to be told. */
    boolean concerns(Znode node) {
        return !root.below.isEmpty() || Arrays.equals(node.name, LIMITS) || Arrays.equals(node.name, USAGE);
    }

    /** The path whose quota this znode is a part of; null for any other znode. There is no quota for the root. */
    private static @Nullable String limitedBy(Znode node, String path) {
        boolean isPart = Arrays.equals(node.name, LIMITS) || Arrays.equals(node.name, USAGE);
        int end = path.length() - node.name.length - 1;
        return isPart && path.startsWith(PREFIX) && end >= PREFIX.length()
                ? path.substring(FreshTree.QUOTA.length(), end)
                : null;
    }

    private void enact(String limited, Znode limits) {
        Znode usage = tree.find(FreshTree.QUOTA + limited + "/zookeeper_stats");
        set(
                spotToMake(limited),
                new Quota(
                        QuotaText.parse(limits.data),
                        usage == null ? NOWHERE : usage.id,
                        usage == null ? null : QuotaText.parse(usage.data)));
    }

    private void useNode(String limited, long usageNode, @Nullable QuotaText usage) {
        Spot spot = spot(limited);
        if (spot != null && spot.quota != null) {
            set(spot, new Quota(spot.quota.limits, usageNode, usage));
        }
    }

    /** By going through all that is there: once for each znode with totals that a client creates. */
    private QuotaText totals(String limited) {
        long count = 0;
        long bytes = 0;
        Znode top = tree.find(limited);
        Deque<Znode> open = new ArrayDeque<>();
        if (top != null) {
            open.push(top);
        }
        while (!open.isEmpty()) {
            Znode node = open.pop();
            count++;
            bytes += node.dataLength();
            if (node.family != null) {
                node.family.forEach(open::push);
            }
        }
        return QuotaText.usage(count, bytes);
    }

    private void add(String path, long count, long bytes) {
        Spot spot = deepest(path, false);
        Quota quota = spot == null ? null : spot.quota;
        if (spot == null || quota == null || quota.usage == null) {
            return;
        }
        Znode node = tree.byId(quota.usageNode);
        if (node == null) {
            return;
        }
        QuotaText usage = quota.usage.plus(count, bytes);
        tree.place(node, node.withDataOnly(usage.encoded()));
        set(spot, new Quota(quota.limits, quota.usageNode, usage));
    }

    // Limits.

    /**
     * Whether a change must be refused. Asked of what is committed: what the operations before have done in the same
     * multi does not count (client protocol §2.3).
     *
     * @param isEnforced whether hard limits are more than a remark
     */
    boolean refuses(String path, long count, long bytes, boolean isEnforced) {
        if (root.below.isEmpty()) {
            return false;
        }
        Spot spot = deepest(path, true);
        Quota quota = spot == null ? null : committed(spot);
        if (spot == null || quota == null || quota.limits == null || quota.usage == null) {
            return false;
        }
        return (count != 0 && exceeds(spot, quota, QuotaText.HARD_COUNT, QuotaText.COUNT, count, isEnforced))
                || (bytes != 0 && exceeds(spot, quota, QuotaText.HARD_BYTES, QuotaText.BYTES, bytes, isEnforced));
    }

    /** Whether the limit is there, would be passed, is hard and is enforced. */
    private boolean exceeds(Spot spot, Quota quota, String hard, String soft, long more, boolean isEnforced) {
        QuotaText limits = quota.limits;
        QuotaText usage = quota.usage;
        if (limits == null || usage == null) {
            return false;
        }
        long limit = limits.limit(hard, soft);
        long wanted = usage.get(soft) + more;
        if (limit <= QuotaText.NONE || wanted <= limit) {
            return false;
        }
        boolean isHard = limits.get(hard) > QuotaText.NONE;
        boolean isRefused = isHard && isEnforced;
        excess = new QuotaExcess(pathOf(spot), soft, wanted, limit, isHard, isRefused);
        return isRefused;
    }

    /** The last one since this was asked. */
    @Nullable
    QuotaExcess takeExcess() {
        QuotaExcess taken = excess;
        excess = null;
        return taken;
    }

    /** All quotas, by path. */
    List<QuotaReport> reports() {
        SortedMap<String, QuotaReport> reports = new TreeMap<>();
        Deque<Spot> open = new ArrayDeque<>(root.below.values());
        while (!open.isEmpty()) {
            Spot spot = open.pop();
            open.addAll(spot.below.values());
            Quota quota = spot.quota;
            if (quota != null) {
                QuotaText limits =
                        quota.limits == null ? QuotaText.usage(QuotaText.NONE, QuotaText.NONE) : quota.limits;
                QuotaText usage = quota.usage == null ? QuotaText.usage(QuotaText.NONE, QuotaText.NONE) : quota.usage;
                String path = pathOf(spot);
                reports.put(
                        path,
                        new QuotaReport(
                                path,
                                limits.limit(QuotaText.HARD_COUNT, QuotaText.COUNT),
                                limits.limit(QuotaText.HARD_BYTES, QuotaText.BYTES),
                                usage.get(QuotaText.COUNT),
                                usage.get(QuotaText.BYTES)));
            }
        }
        return new ArrayList<>(reports.values());
    }

    // All or nothing. The znodes are the tree's business.

    void begin() {
        inMulti = true;
    }

    void commit() {
        settle(false);
    }

    void rollBack() {
        settle(true);
    }

    private void settle(boolean isUndone) {
        inMulti = false;
        for (Spot spot : touched) {
            spot.quota = isUndone ? spot.committed : spot.quota;
            spot.committed = null;
            spot.isTouched = false;
        }
        touched.forEach(QuotaLedger::forgetIfIdle);
        touched.clear();
    }

    /** Finds the quotas of a state that was restored. */
    void rebuild() {
        Znode top = tree.find(FreshTree.QUOTA);
        Deque<Znode> open = new ArrayDeque<>();
        if (top != null) {
            open.push(top);
        }
        while (!open.isEmpty()) {
            Znode node = open.pop();
            String limited = Arrays.equals(node.name, LIMITS) ? limitedBy(node, tree.pathOf(node)) : null;
            if (limited != null) {
                enact(limited, node);
            }
            if (node.family != null) {
                node.family.forEach(open::push);
            }
        }
    }

    // Paths.

    private void set(@Nullable Spot spot, @Nullable Quota quota) {
        if (spot == null) {
            return;
        }
        if (inMulti && !spot.isTouched) {
            spot.isTouched = true;
            spot.committed = spot.quota;
            touched.add(spot);
        }
        spot.quota = quota;
        forgetIfIdle(spot);
    }

    private static @Nullable Quota committed(Spot spot) {
        return spot.isTouched ? spot.committed : spot.quota;
    }

    /** The spot of the deepest quota that the path is under, its own included. */
    private @Nullable Spot deepest(String path, boolean ofCommitted) {
        Spot at = root;
        Spot found = null;
        int from = 1;
        while (from < path.length() && !at.below.isEmpty()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            at = at.below.get(path.substring(from, to));
            if (at == null) {
                break;
            }
            if ((ofCommitted ? committed(at) : at.quota) != null) {
                found = at;
            }
            from = to + 1;
        }
        return found;
    }

    private @Nullable Spot spot(String path) {
        Spot at = root;
        for (String name : path.substring(1).split("/", -1)) {
            at = at == null ? null : at.below.get(name);
        }
        return at;
    }

    private Spot spotToMake(String path) {
        Spot at = root;
        for (String name : path.substring(1).split("/", -1)) {
            Spot above = at;
            at = above.below.computeIfAbsent(name, missing -> new Spot(above, missing));
        }
        return at;
    }

    private static String pathOf(Spot spot) {
        StringBuilder path = new StringBuilder();
        for (Spot at = spot; at != null && at.above != null; at = at.above) {
            path.insert(0, "/" + at.name);
        }
        return path.toString();
    }

    private static void forgetIfIdle(Spot spot) {
        Spot at = spot;
        for (Spot above = at.above; above != null && at.isIdle(); above = at.above) {
            above.below.remove(at.name);
            at = above;
        }
    }
}
