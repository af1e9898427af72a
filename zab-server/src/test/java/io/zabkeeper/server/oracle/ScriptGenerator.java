package io.zabkeeper.server.oracle;

import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a script out of a number. */
final class ScriptGenerator {
    private static final int TIMEOUT_MS = 30_000;
    private static final int[] TIMEOUTS = {TIMEOUT_MS, TIMEOUT_MS, 40_000, 100_000_000, Integer.MAX_VALUE};

    private static final List<Step.Secret> SECRETS = List.of(Step.Secret.WRONG, Step.Secret.EMPTY, Step.Secret.NULL);

    private final SplittableRandom random;
    private final long seed;
    private final int members;
    private final int sessions;
    private final RequestMix mix;
    private final List<Step> steps = new ArrayList<>();

    private ScriptGenerator(long seed, int members) {
        this.random = new SplittableRandom(seed);
        this.seed = seed;
        this.members = members;
        this.sessions = 2 + random.nextInt(3);
        this.mix = new RequestMix(random, sessions);
    }

    static Script script(long seed, int members) {
        return new ScriptGenerator(seed, members).script();
    }

    private Script script() {
        for (int session = 0; session < sessions; session++) {
            steps.add(connect(session));
        }
        int count = 15 + random.nextInt(30);
        while (steps.size() < count) {
            step(mix.session());
        }
        if (random.nextInt(60) == 0) {
            int at = sessions + random.nextInt(steps.size() - sessions);
            steps.add(at, new Step.Expire(sessions, member(), Script.ROOT + "/e" + random.nextInt(3)));
        }
        return new Script(seed, members, List.copyOf(steps));
    }

    private void step(int session) {
        int dice = random.nextInt(100);
        if (dice < 78) {
            burst(session);
        } else if (dice < 83) {
            steps.add(new Step.Burst(session, List.of(request(mix.auth()))));
        } else if (dice < 86) {
            steps.add(new Step.Drop(session));
        } else if (dice < 94) {
            steps.add(attach(session));
        } else if (dice < 95) {
            steps.add(new Step.Garbage(session, garbage()));
        } else if (dice < 96) {
            steps.add(new Step.Stale(session, request(next())));
        } else if (dice < 97) {
            steps.add(connect(session));
        } else {
            last(session);
        }
    }

    private void burst(int session) {
        int count = random.nextInt(20) == 0 ? 20 + random.nextInt(40) : 1 + random.nextInt(7);
        steps.add(new Step.Burst(session, List.copyOf(requests(count))));
    }

    /** The reply to an unknown operation overtakes those before it on the reference, so it is asked alone. */
    private void last(int session) {
        Ask ask = mix.last();
        boolean isAlone = ask.code() != OpCode.CLOSE_SESSION.code();
        List<Step.Request> requests = isAlone ? new ArrayList<>() : requests(random.nextInt(4));
        requests.add(request(ask));
        steps.add(new Step.Burst(session, List.copyOf(requests)));
    }

    private List<Step.Request> requests(int count) {
        List<Step.Request> requests = new ArrayList<>();
        while (requests.size() < count) {
            Ask ask = next();
            requests.add(request(ask));
            if (ask.code() == OpCode.SET_ACL.code()) {
                break; // On the reference the old list still counts for what is pipelined behind it.
            }
        }
        return requests;
    }

    private Ask next() {
        while (true) {
            Ask ask = mix.next();
            if (members == 1 || !wedges(ask)) {
                return ask;
            }
        }
    }

    /** The leader of the reference has no commit for a write that it cannot decode; its follower waits for ever. */
    private static boolean wedges(Ask ask) {
        try {
            RequestCodec.decode(ask.code(), Unpooled.wrappedBuffer(ask.body().array()));
            return false;
        } catch (MalformedFrameException undecodable) {
            return true;
        }
    }

    private Step.Request request(Ask ask) {
        return new Step.Request(mix.xid(), ask);
    }

    private Step connect(int session) {
        return new Step.Connect(session, member(), timeout(), random.nextInt(5) > 0);
    }

    private Step attach(int session) {
        Step.Secret secret = random.nextInt(6) > 0 ? Step.Secret.RIGHT : SECRETS.get(random.nextInt(SECRETS.size()));
        Step.Seen seen =
                random.nextInt(8) == 0 ? Step.Seen.AHEAD : random.nextBoolean() ? Step.Seen.LAST : Step.Seen.NOTHING;
        return new Step.Attach(session, member(), secret, seen, timeout());
    }

    private int timeout() {
        return TIMEOUTS[random.nextInt(TIMEOUTS.length)];
    }

    private int member() {
        return 1 + random.nextInt(members);
    }

    /** Lengths that no frame has, and frames that have no header. */
    private Bytes garbage() {
        return Bytes.of(
                switch (random.nextInt(5)) {
                    case 0 ->
                        new RecordWriter().int32(-1 - random.nextInt(1_000)).bytes();
                    case 1 ->
                        new RecordWriter()
                                .int32(1 << 20 | random.nextInt(1 << 30))
                                .bytes();
                    case 2 -> new RecordWriter().int32(0).bytes();
                    case 3 ->
                        new RecordWriter()
                                .buffer(new byte[1 + random.nextInt(7)])
                                .bytes();
                    default -> new RecordWriter().int32(Integer.MIN_VALUE).bytes();
                });
    }
}
