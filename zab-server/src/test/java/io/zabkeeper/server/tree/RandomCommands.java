package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Commands from a seed, over so few names, sessions and lists that they meet all the time: most succeed, many fail, each
 * for another reason.
 */
final class RandomCommands {
    static final int SESSIONS = 5;
    static final int MEMBERS = 2;

    static final AuthId ALICE = new AuthId("digest", DigestAuth.idOf("alice:secret"));
    private static final AuthId BOB = new AuthId("digest", DigestAuth.idOf("bob:pw"));
    private static final Bytes PASSWORD = Bytes.ofUtf8("right");

    private static final List<List<AuthId>> IDENTITIES = List.of(
            Identity.ofPeer("10.0.0.1"),
            List.of(new AuthId("ip", "10.0.0.1"), ALICE),
            List.of(new AuthId("ip", "192.168.0.9"), BOB, ALICE),
            List.of(Identity.SUPER));

    private static final List<List<Acl>> LISTS = List.of(
            Acl.OPEN_UNSAFE,
            Acl.OPEN_UNSAFE,
            Acl.OPEN_UNSAFE,
            Acl.READ_UNSAFE,
            Acl.CREATOR_ALL,
            List.of(new Acl(Permission.ALL, ALICE), new Acl(Permission.READ, AuthId.ANYONE)),
            List.of(new Acl(Permission.ALL, new AuthId("ip", "10.0.0.0/8"))),
            List.of(new Acl(0, AuthId.ANYONE), new Acl(0, AuthId.ANYONE), new Acl(Permission.CREATE, BOB)),
            List.of(),
            List.of(new Acl(Permission.ALL, new AuthId("world", "x"))));

    private static final String[] NAMES = {"a", "b", "c", "größe", "n-"};
    private static final String[] ODD_PATHS = {
        "", "/", "//", "a", "/a/", "/a//b", "/a/../b", "/\0", "/zookeeper", "/zookeeper/config", "/zookeeper/quota"
    };

    private final RandomGenerator random;
    /** How many commands there were: the zxid of the next one, less one, where they are applied from 1 on. */
    private long position;
    /** Where each session was opened or attached last, if that worked. */
    private final long[] attached = new long[1 + SESSIONS];

    RandomCommands(long seed) {
        this(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    RandomCommands(RandomGenerator random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int member() {
        return 1 + below(MEMBERS);
    }

    Command command() {
        position++;
        int number = 1 + below(SESSIONS);
        long session = number;
        int kind = below(100);
        if (kind < 10) {
            attached[number] = position;
        }
        if (kind < 5) {
            return new Command.OpenSession(below(50) == 0 ? 0 : session, 1000 * below(5), PASSWORD);
        }
        if (kind < 10) {
            Bytes password = below(5) == 0 ? Bytes.EMPTY : PASSWORD;
            return new Command.AttachSession(session, 1000 * below(5), password);
        }
        if (kind < 12) {
            return below(2) == 0
                    ? new Command.CloseSession(session)
                    : new Command.ExpireSession(session, attached[number]);
        }
        if (kind < 17) {
            return new Command.ReapZnode(1L + below(300), below(3) * 500L);
        }
        Command.ClientWrite write = new Command.ClientWrite(session, pick(IDENTITIES), write());
        return kind < 20 ? new Command.LocalWrite(write) : write;
    }

    private Request write() {
        if (below(5) > 0) {
            return operation(false);
        }
        List<Request> operations = new ArrayList<>();
        for (int i = below(5); i > 0; i--) {
            operations.add(operation(true));
        }
        return new Multi(operations);
    }

    private Request operation(boolean inMulti) {
        int kind = below(100);
        if (kind < 50) {
            return create();
        }
        if (kind < 70) {
            return new Delete(path(), version());
        }
        if (kind < 90) {
            return new SetData(path(), data(), version());
        }
        return inMulti ? new Check(path(), version()) : new SetAcl(path(), pick(LISTS), version());
    }

    private Request create() {
        OpCode op =
                pick(List.of(OpCode.CREATE, OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL));
        int flags = below(30) == 0 ? 8 : below(op == OpCode.CREATE_TTL ? 7 : 5);
        List<Acl> acl = below(20) == 0 ? null : pick(LISTS);
        long ttl = op == OpCode.CREATE_TTL ? below(5) - 1L : Create.NO_TTL;
        return new Create(op, path(), data(), acl, flags, ttl);
    }

    private @Nullable Bytes data() {
        return below(10) == 0 ? null : Bytes.of(new byte[below(40)]);
    }

    private int version() {
        return below(3) == 0 ? below(4) - 2 : -1;
    }

    private String path() {
        if (below(25) == 0) {
            return ODD_PATHS[below(ODD_PATHS.length)];
        }
        StringBuilder path = new StringBuilder();
        for (int depth = 1 + below(3); depth > 0; depth--) {
            path.append('/').append(NAMES[below(NAMES.length)]);
        }
        return path.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }
}
