package io.zabkeeper.server.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random requests around one root: few names, so that they meet, and every kind of oddity now and then.
 *
 * <p>All that a request may ask for is here, with one exception: what {@link Deviation} lists is asked in scripts of its
 * own.
 */
final class RequestMix {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> ODD_ENDS = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/a.",
            "/..a",
            "/\0",
            "/\u0001",
            "/\u007f",
            "/\u00a0",
            "/\ud7ff",
            "/\ue000",
            "/\uf900",
            "/\uffef",
            "/\ufff0",
            "/\ud83d\ude00",
            "/a/",
            "//a",
            "/./a",
            "/ ",
            "/%",
            "/\u00e4\u00f6");
    private static final List<String> ELSEWHERE =
            List.of("", "nope", "/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config", "//", "/no/such", "a/b");
    private static final List<OpCode> READS =
            List.of(OpCode.EXISTS, OpCode.GET_DATA, OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2);
    private static final List<OpCode> PATH_READS =
            List.of(OpCode.GET_ACL, OpCode.SYNC, OpCode.GET_EPHEMERALS, OpCode.GET_ALL_CHILDREN_NUMBER);
    private static final int[] VERSIONS = {-1, -1, -1, -1, -1, -1, 0, 0, 0, 1, 1, 2, 3, -2, 7, Integer.MIN_VALUE};
    private static final int[] ODD_FLAGS = {4, 5, 6, 7, -1, 99, Integer.MAX_VALUE};
    private static final long[] TTLS = {
        100_000, 100_000, 86_400_000, 1L << 39, (1L << 40) - 1, 1L << 40, 0, -2, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final List<Acl> ACL_PARTS = List.of(
            new Acl(31, AuthId.ANYONE),
            new Acl(1, AuthId.ANYONE),
            new Acl(30, AuthId.ANYONE),
            new Acl(0, AuthId.ANYONE),
            new Acl(0x7fff_ffff, AuthId.ANYONE),
            new Acl(31, new AuthId("auth", "")),
            new Acl(9, new AuthId("auth", "whoever")),
            new Acl(31, new AuthId("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")),
            new Acl(17, new AuthId("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")),
            new Acl(3, new AuthId("digest", "alice:nonsense")),
            new Acl(31, new AuthId("digest", ":y")),
            new Acl(31, new AuthId("ip", "127.0.0.1")),
            new Acl(31, new AuthId("ip", "127.0.0.1/8")),
            new Acl(31, new AuthId("ip", "10.0.0.0/8")),
            new Acl(31, new AuthId("ip", "::1")),
            new Acl(5, new AuthId("ip", "2001:db8::/32")));
    private static final List<AuthId> BAD_IDS = List.of(
            new AuthId("world", "bob"),
            new AuthId("world", ""),
            new AuthId("digest", "x"),
            new AuthId("digest", "x:"),
            new AuthId("digest", "x:y:z"),
            new AuthId("digest", ""),
            new AuthId("ip", "1.2.3"),
            new AuthId("ip", "127.0.0.1/33"),
            new AuthId("ip", "127.0.0.1/"),
            new AuthId("ip", "127.0.0.1/8/8"),
            new AuthId("ip", "localhost"),
            new AuthId("ip", ""),
            new AuthId("super", ""),
            new AuthId("nobody", "x"),
            new AuthId("", ""));

    private final SplittableRandom random;
    private final int sessions;

    /** Either everybody may read everything and watches are set anew, or neither: {@link Deviation#FILTERED_REPLAY}. */
    private final boolean isReadable;

    RequestMix(SplittableRandom random, int sessions) {
        this.random = random;
        this.sessions = sessions;
        this.isReadable = random.nextBoolean();
    }

    /** Anything that is answered and leaves the connection open. */
    Ask next() {
        int dice = random.nextInt(1000);
        if (dice < 200) {
            return create(odd(6));
        }
        if (dice < 260) {
            return Ask.delete(path(), version());
        }
        if (dice < 340) {
            return Ask.setData(path(), data(), version());
        }
        if (dice < 375) {
            return Ask.setAcl(odd(50) ? path() : child(), acl(), version());
        }
        if (dice < 590) {
            return Ask.read(pick(READS), path(), random.nextInt(10) < 4);
        }
        if (dice < 690) {
            return Ask.path(pick(PATH_READS), path());
        }
        if (dice < 770) {
            return multi();
        }
        if (dice < 800) {
            return multiRead();
        }
        if (dice < 880) {
            return watch();
        }
        if (dice < 910) {
            return isReadable ? setWatches() : watch();
        }
        if (dice < 930) {
            return Ask.of(OpCode.PING);
        }
        if (dice < 945) {
            return Ask.of(OpCode.WHO_AM_I);
        }
        if (dice < 955) {
            return reconfig();
        }
        return damaged();
    }

    /** Proves, or fails to prove, who the client is; alone in its burst. */
    Ask auth() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> Ask.auth("digest", "bob:pw".getBytes(UTF_8));
            case 3, 4 -> Ask.auth("digest", "alice:a".getBytes(UTF_8));
            case 5, 6 -> Ask.auth("digest", "super:super".getBytes(UTF_8));
            case 7 -> Ask.auth("digest", "super:wrong".getBytes(UTF_8));
            case 8 -> Ask.auth("digest", "x:y:z".getBytes(UTF_8));
            case 9 -> Ask.auth("digest", "nocolon".getBytes(UTF_8));
            case 10 -> Ask.auth("ip", new byte[0]);
            case 11 -> Ask.auth("world", "anyone".getBytes(UTF_8));
            case 12 -> Ask.auth("nobody", new byte[3]);
            default -> Ask.auth("digest", new byte[0]);
        };
    }

    /** The last request of its connection. */
    Ask last() {
        return switch (random.nextInt(4)) {
            case 0 -> new Ask(pickCode(), Bytes.of(new byte[random.nextInt(9)]));
            case 1 -> Ask.check(child(), -1);
            default -> Ask.of(OpCode.CLOSE_SESSION);
        };
    }

    private int pickCode() {
        int[] codes = {0, -1, 10, 23, 99, 108, 999, 4711, Integer.MAX_VALUE, Integer.MIN_VALUE};
        return codes[random.nextInt(codes.length)];
    }

    // ---- writes -----------------------------------------------------------------------------------------------------

    private Ask create(boolean isOdd) {
        String path = path();
        byte[] data = data();
        List<Acl> acl = acl();
        int flags = isOdd ? ODD_FLAGS[random.nextInt(ODD_FLAGS.length)] : random.nextInt(4);
        if (odd(25) && path != null) {
            path = path + "/"; // An empty prefix for a sequence.
        }
        return switch (random.nextInt(10)) {
            case 0 ->
                Ask.create(OpCode.CREATE_CONTAINER, path, data, acl, odd(3) ? flags & ~1 : 4); // None is ephemeral.
            case 1 -> ttl(path, data, acl, odd(6) ? flags : 5 + random.nextInt(2));
            case 2, 3, 4 -> Ask.create(OpCode.CREATE2, path, data, acl, flags);
            default -> Ask.create(OpCode.CREATE, path, data, acl, flags);
        };
    }

    private Ask ttl(@Nullable String path, byte @Nullable [] data, @Nullable List<Acl> acl, int flags) {
        long ttlMs = TTLS[random.nextInt(odd(2) ? TTLS.length : 4)];
        boolean hasTtl = flags == 5 || flags == 6;
        return Ask.createTtl(path, data, acl, flags, hasTtl ? ttlMs : Math.max(0, ttlMs)); // Deviation.NO_TTL
    }

    private Ask multi() {
        List<Ask> parts = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            parts.add(part());
        }
        return Ask.multi(OpCode.MULTI, parts);
    }

    private Ask part() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> odd(40) ? create(true) : plainCreate();
            case 5, 6 -> Ask.delete(child(), version());
            case 7, 8, 9 -> Ask.setData(child(), data(), version());
            case 10 -> Ask.check(child(), version());
            default -> odd(8) ? Ask.read(pick(READS), child(), false) : Ask.check(child(), -1);
        };
    }

    private Ask plainCreate() {
        return Ask.create(odd(3) ? OpCode.CREATE2 : OpCode.CREATE, child(), data(), openAcl(), random.nextInt(4));
    }

    private @Nullable List<Acl> openAcl() {
        return odd(10) ? acl() : Acl.OPEN_UNSAFE;
    }

    private Ask reconfig() {
        return Ask.of(
                OpCode.RECONFIG,
                new RecordWriter()
                        .text("server.9=127.0.0.1:1:2")
                        .text(null)
                        .text(null)
                        .int64(-1));
    }

    // ---- reads and watches ------------------------------------------------------------------------------------------

    private Ask multiRead() {
        List<Ask> parts = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            OpCode op = odd(2) ? OpCode.GET_DATA : OpCode.GET_CHILDREN;
            parts.add(Ask.read(odd(30) ? pick(READS) : op, path(), random.nextBoolean()));
        }
        return Ask.multi(OpCode.MULTI_READ, parts);
    }

    private Ask watch() {
        int kind = odd(10) ? random.nextInt(-1, 8) : 1 + random.nextInt(5);
        return switch (random.nextInt(4)) {
            case 0 -> Ask.watch(OpCode.REMOVE_WATCHES, path(), kind);
            case 1 -> Ask.watch(OpCode.CHECK_WATCHES, path(), kind);
            default -> Ask.watch(OpCode.ADD_WATCH, path(), odd(15) ? random.nextInt(-1, 4) : random.nextInt(2));
        };
    }

    private Ask setWatches() {
        boolean five = random.nextBoolean();
        List<@Nullable List<String>> lists = new ArrayList<>();
        for (int i = 0; i < (five ? 5 : 3); i++) {
            if (i == 0 && odd(30)) {
                lists.add(null); // A later one would come after events, on the reference.
                continue;
            }
            List<String> paths = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                paths.add(child());
            }
            lists.add(paths);
        }
        long[] relative = {Script.lastSeenBy(0), Script.lastSeenBy(0), 0, Long.MAX_VALUE, -1};
        return Ask.setWatches(
                five ? OpCode.SET_WATCHES2 : OpCode.SET_WATCHES, relative[random.nextInt(relative.length)], lists);
    }

    // ---- damage -----------------------------------------------------------------------------------------------------

    /** Cut off, with a byte changed, or with bytes behind; what reads another body keeps its path under the root. */
    private Ask damaged() {
        Ask whole = damageable();
        byte[] body = whole.body().array();
        byte[] other = switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(body, body.length + 1 + random.nextInt(40));
            case 1 -> flipped(body);
            default -> Arrays.copyOf(body, random.nextInt(body.length + 1));
        };
        return new Ask(whole.code(), Bytes.of(other));
    }

    private Ask damageable() {
        while (true) {
            Ask ask = switch (random.nextInt(7)) {
                case 0 -> create(false);
                case 1 -> Ask.setData(child(), data(), version());
                case 2 -> Ask.delete(child(), version());
                case 3 -> multi();
                case 4 -> Ask.read(pick(READS), child(), false);
                case 5 -> watch();
                default -> isReadable ? setWatches() : multiRead();
            };
            if (ask.body().length() > 0) {
                return ask;
            }
        }
    }

    /** One bit of a length or count, near the front. */
    private byte[] flipped(byte[] body) {
        byte[] other = body.clone();
        other[random.nextInt(Math.min(4, other.length))] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    // ---- parts ------------------------------------------------------------------------------------------------------

    /** Under the root mostly. */
    @Nullable
    String path() {
        if (odd(25)) {
            return pick(ELSEWHERE);
        }
        if (odd(60)) {
            return null;
        }
        if (odd(20)) {
            return child() + pick(ODD_ENDS);
        }
        return child();
    }

    /** The root, a name under it, or deeper; some are what a sequence makes. */
    String child() {
        StringBuilder path = new StringBuilder(Script.ROOT);
        int depth = odd(15) ? 0 : 1 + Math.min(random.nextInt(3), random.nextInt(3));
        for (int i = 0; i < depth; i++) {
            path.append('/').append(pick(NAMES));
            if (odd(9)) {
                path.append("%010d".formatted(random.nextInt(5)));
            }
        }
        return path.toString();
    }

    byte @Nullable [] data() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[random.nextInt(2_000)];
            default -> ("v" + random.nextInt(1_000)).getBytes(UTF_8);
        };
    }

    private int version() {
        return VERSIONS[random.nextInt(VERSIONS.length)];
    }

    private @Nullable List<Acl> acl() {
        int dice = random.nextInt(100);
        if (dice < 72) {
            return Acl.OPEN_UNSAFE;
        }
        if (dice < 74) {
            return null;
        }
        if (dice < 76) {
            return List.of();
        }
        List<Acl> acl = new ArrayList<>();
        if (isReadable) {
            acl.add(Acl.READ_UNSAFE.get(0));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            acl.add(odd(12) ? new Acl(31, pick(BAD_IDS)) : pick(ACL_PARTS));
        }
        return acl;
    }

    private boolean odd(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    int xid() {
        return odd(30) ? random.nextInt(-10, 0) & ~1 : random.nextInt(Integer.MAX_VALUE);
    }

    int session() {
        return random.nextInt(sessions);
    }
}
