package io.zabkeeper.wire.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages valid inputs the way that decoders are hurt: lengths and counts at their bounds, records cut, repeated and put
 * together from two, null and empty, text that is no text, varints and nesting without an end. One input in twenty stays
 * as it was, one in some thousand grows to the limit.
 *
 * <p>One campaign's; not for two threads.
 */
public final class Mutator implements Generator {
    private static final int[] INTS = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        4,
        8,
        0x7f,
        0x80,
        0xff,
        0x100,
        0x7fff,
        0xffff,
        0xfffff,
        0x100000,
        0xffffff,
        0x40000000,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 8,
        Integer.MIN_VALUE,
        -10,
        -11,
        13,
        14,
        100,
        101,
        105
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 40,
        (1L << 40) - 1,
        0xffffffffL,
        0x100000000L,
        0x8000000000000001L
    };

    /** What is inserted anywhere: odd text, odd paths, ends of multis, varints without an end, groups of protobuf. */
    private static final List<byte[]> TOKENS = tokens(
            "c0af",
            "e0808a",
            "eda080edb080",
            "f4908080",
            "f8888080",
            "ff",
            "00",
            "efbbbf",
            "f09f9880",
            "c3",
            "0d0a",
            "ffffffff",
            "00000000",
            "0000000100000000",
            "ffffffff01ffffffff",
            "ffffffff00ffffff9bffffff9b",
            "ffffffffffffffffff01",
            "ffffffffffffffffffff",
            "8080808080808080808001",
            "80808080808000",
            "0b0b0b0b",
            "0c",
            "0a00",
            "7f",
            "fa0100");

    private static final List<String> TEXTS = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/zookeeper/quota",
            "/zookeeper/config",
            "/zookeeper",
            "/a",
            "/a/",
            "a",
            "world",
            "auth",
            "digest",
            "super",
            "ip",
            "x509",
            "sasl",
            "anyone",
            "127.0.0.1/33",
            "::1/129",
            "%s%n",
            "\u2028",
            "\ud83d\ude00");

    private static final int LARGEST_PIECE = 128 * 1024;

    private final List<byte[]> seeds;
    private final List<byte[]> tokens;
    private final Draft draft;

    /**
     * Makes inputs of these seeds.
     *
     * @param limit bytes of the longest input
     */
    public Mutator(List<byte[]> seeds, int limit) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("nothing to begin with");
        }
        this.seeds = List.copyOf(seeds);
        this.draft = new Draft(limit);
        List<byte[]> all = new ArrayList<>(TOKENS);
        TEXTS.forEach(text -> all.add(text.getBytes(StandardCharsets.UTF_8)));
        this.tokens = all;
    }

    @Override
    public byte[] next(SplittableRandom random) {
        draft.set(pick(seeds, random));
        return damaged(random);
    }

    /** The same damage, done to an input that somebody else has made. */
    public byte[] damage(byte[] input, SplittableRandom random) {
        draft.set(input);
        return damaged(random);
    }

    private byte[] damaged(SplittableRandom random) {
        int kind = random.nextInt(4096);
        if (kind == 0) {
            grow(random);
        }
        if (kind > 200) {
            int steps = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 0x80);
            for (int i = 0; i < steps; i++) {
                change(random);
            }
        }
        return draft.copy();
    }

    private void change(SplittableRandom random) {
        int length = draft.length();
        if (length == 0) {
            insertToken(random);
            return;
        }
        switch (random.nextInt(16)) {
            case 0, 1 -> draft.flip(random.nextInt(8 * length));
            case 2 -> draft.setByte(random.nextInt(length), (byte) random.nextInt());
            case 3, 4 -> setIntAnywhere(random);
            case 5, 6 -> setLength(random);
            case 7 -> setLongAnywhere(random);
            case 8 -> draft.cut(random.nextInt(length));
            case 9 -> appendNoise(random);
            case 10 -> {
                int from = random.nextInt(length);
                draft.delete(from, from + 1 + random.nextInt(Math.min(length - from, 32)));
            }
            case 11 -> repeat(random, 1 + random.nextInt(4));
            case 12 -> splice(random);
            case 13 -> insertToken(random);
            case 14 -> draft.overwrite(random.nextInt(length), pick(tokens, random));
            default -> nest(random);
        }
    }

    private void setIntAnywhere(SplittableRandom random) {
        if (draft.length() >= Integer.BYTES) {
            int at = random.nextInt(draft.length() - 3);
            draft.setInt(at, bound(draft.length() - at - Integer.BYTES, random));
        }
    }

    /** Aims at what looks like a length or a count: an int that the rest of the input could satisfy. */
    private void setLength(SplittableRandom random) {
        int length = draft.length();
        if (length < Integer.BYTES) {
            return;
        }
        int start = random.nextInt(length - 3);
        for (int i = 0; i <= length - Integer.BYTES; i++) {
            int at = (start + i) % (length - 3);
            int value = draft.intAt(at);
            int rest = length - at - Integer.BYTES;
            if (value >= -1 && value <= rest) {
                draft.setInt(at, random.nextInt(4) == 0 ? value + random.nextInt(5) - 2 : bound(rest, random));
                return;
            }
        }
    }

    private static int bound(int rest, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> rest;
            case 1 -> rest + 1;
            case 2 -> rest - 1;
            case 3 -> rest / (1 << random.nextInt(5));
            case 4 -> rest / 12;
            default -> INTS[random.nextInt(INTS.length)];
        };
    }

    private void setLongAnywhere(SplittableRandom random) {
        if (draft.length() >= Long.BYTES) {
            draft.setLong(random.nextInt(draft.length() - 7), LONGS[random.nextInt(LONGS.length)]);
        }
    }

    private void appendNoise(SplittableRandom random) {
        byte[] noise = new byte[1 + random.nextInt(24)];
        random.nextBytes(noise);
        draft.insert(draft.length(), noise, 0, noise.length);
    }

    private void repeat(SplittableRandom random, int times) {
        int from = random.nextInt(draft.length());
        int to = from + 1 + random.nextInt(Math.min(draft.length() - from, 48));
        byte[] piece = draft.copy(from, to);
        for (int i = 0; i < times; i++) {
            draft.insert(to, piece, 0, piece.length);
        }
    }

    private void splice(SplittableRandom random) {
        byte[] other = pick(seeds, random);
        if (other.length == 0) {
            return;
        }
        draft.cut(random.nextInt(draft.length()));
        draft.insert(draft.length(), other, random.nextInt(other.length), other.length);
    }

    private void insertToken(SplittableRandom random) {
        byte[] token = pick(tokens, random);
        draft.insert(random.nextInt(draft.length() + 1), token, 0, token.length);
    }

    /** Puts everything behind a point into a field of its own, again and again: deep messages for protobuf. */
    private void nest(SplittableRandom random) {
        int at = random.nextInt(draft.length());
        byte tag = (byte) (random.nextInt(1, 16) << 3 | (random.nextInt(4) == 0 ? 3 : 2));
        int depth = random.nextInt(8) == 0 ? 150 : 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            int inside = draft.length() - at;
            byte[] field = inside < 0x80
                    ? new byte[] {tag, (byte) inside}
                    : new byte[] {tag, (byte) (inside | 0x80), (byte) (inside >> 7 & 0x7f)};
            draft.insert(at, field, 0, field.length);
        }
    }

    private void grow(SplittableRandom random) {
        if (draft.length() == 0) {
            insertToken(random);
        }
        int aim = draft.limit() >> random.nextInt(6);
        int from = random.nextInt(draft.length());
        byte[] piece = draft.copy(from, from + 1 + random.nextInt(draft.length() - from));
        while (draft.length() < aim) {
            draft.insert(from, piece, 0, piece.length);
            if (piece.length < LARGEST_PIECE) {
                piece = draft.copy(from, from + Math.min(2 * piece.length, draft.length() - from));
            }
        }
        for (int at = Math.max(0, from - 8); at < from; at++) {
            int rest = draft.length() - at - Integer.BYTES;
            if (draft.intAt(at) >= 0 && draft.intAt(at) < 64 && random.nextInt(2) == 0) {
                draft.setInt(at, bound(rest, random));
            }
        }
    }

    private static byte[] pick(List<byte[]> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<byte[]> tokens(String... hex) {
        List<byte[]> tokens = new ArrayList<>();
        for (String token : hex) {
            tokens.add(HexFormat.of().parseHex(token));
        }
        return tokens;
    }
}
