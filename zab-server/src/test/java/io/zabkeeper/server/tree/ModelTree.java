package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.AccessCheck;
import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.ZnodePath;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protocol reference once more, as plainly as possible: a sorted map from path to znode, copied for every command and
 * put back when one fails. Knows nothing of indexes, families, cuts or digests.
 */
final class ModelTree {
    private static final List<String> RESERVED = List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config");

    TreeMap<String, Node> nodes = new TreeMap<>();
    final TreeMap<Long, Live> sessions = new TreeMap<>();
    /** Whether the command at hand comes from a session that one member vouches for. */
    private boolean isLocal;

    private final boolean extendedTypes;
    private long nextId = 1;

    /** What is known of a session. */
    record Live(int timeoutMs, Bytes password, int owner, long attachedZxid) {}

    /** What a znode lives for: a session, which stands beside it, or one of these. */
    record Life(boolean isContainer, long ttlMs) {
        static final Life OPEN = new Life(false, 0);
    }

    /** A znode; versions as they are stored. */
    record Node(
            @Nullable Bytes data,
            List<Acl> acl,
            long czxid,
            long mzxid,
            long pzxid,
            long ctime,
            long mtime,
            int version,
            int created,
            int aversion,
            long session,
            Life life,
            long id) {
        Node child(long zxid, int more) {
            return new Node(
                    data, acl, czxid, mzxid, zxid, ctime, mtime, version, created + more, aversion, session, life, id);
        }

        Node withData(@Nullable Bytes newData, long zxid, long stamp) {
            return new Node(
                    newData, acl, czxid, zxid, pzxid, ctime, stamp, version + 1, created, aversion, session, life, id);
        }

        Node withAcl(List<Acl> newAcl) {
            return new Node(
                    data, newAcl, czxid, mzxid, pzxid, ctime, mtime, version, created, aversion + 1, session, life, id);
        }
    }

    /** A refusal. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient ErrorCode error;

        Refused(ErrorCode error) {
            super(error.name());
            this.error = error;
        }
    }

    ModelTree(boolean extendedTypes) {
        this.extendedTypes = extendedTypes;
        for (String path : RESERVED) {
            boolean isConfig = path.equals("/zookeeper/config");
            List<Acl> acl = isConfig ? Acl.READ_UNSAFE : Acl.OPEN_UNSAFE;
            int aversion = isConfig ? -1 : 0;
            nodes.put(path, new Node(Bytes.EMPTY, acl, 0, 0, 0, 0, 0, 0, 0, aversion, 0, Life.OPEN, nextId++));
        }
    }

    /** The errors of all operations: one, or for a multi that fails on an operation one for each. */
    List<ErrorCode> apply(long zxid, long stamp, int member, Command command) {
        TreeMap<String, Node> before = new TreeMap<>(nodes);
        try {
            return command.deliverTo(new Command.Receiver<List<ErrorCode>>() {
                @Override
                public List<ErrorCode> onClientWrite(Command.ClientWrite write) {
                    return write(zxid, stamp, member, write);
                }

                @Override
                public List<ErrorCode> onLocalWrite(Command.LocalWrite local) {
                    Command.ClientWrite write = local.write();
                    isLocal = true;
                    try {
                        refuseMalformed(write.request());
                        return perform(zxid, stamp, write.session(), write.identity(), write.request());
                    } finally {
                        isLocal = false;
                    }
                }

                @Override
                public List<ErrorCode> onOpenSession(Command.OpenSession open) {
                    Live live = new Live(open.timeoutMs(), open.password(), member, zxid);
                    boolean isNew = open.session() != 0 && sessions.putIfAbsent(open.session(), live) == null;
                    return List.of(isNew ? ErrorCode.OK : ErrorCode.BAD_ARGUMENTS);
                }

                @Override
                public List<ErrorCode> onAttachSession(Command.AttachSession attach) {
                    Live live = sessions.get(attach.session());
                    if (live == null || !live.password().equals(attach.password())) {
                        return List.of(ErrorCode.SESSION_EXPIRED);
                    }
                    sessions.put(attach.session(), new Live(attach.timeoutMs(), live.password(), member, zxid));
                    return List.of(ErrorCode.OK);
                }

                @Override
                public List<ErrorCode> onCloseSession(Command.CloseSession close) {
                    Live live = sessions.get(close.session());
                    if (live != null && live.owner() != member) {
                        return List.of(ErrorCode.SESSION_MOVED);
                    }
                    return end(close.session());
                }

                @Override
                public List<ErrorCode> onExpireSession(Command.ExpireSession expire) {
                    Live live = sessions.get(expire.session());
                    if (live != null && live.attachedZxid() != expire.attachedZxid()) {
                        return List.of(ErrorCode.SESSION_MOVED);
                    }
                    return end(expire.session());
                }

                @Override
                public List<ErrorCode> onReapZnode(Command.ReapZnode reap) {
                    return reap(zxid, stamp, reap);
                }

                private List<ErrorCode> end(long session) {
                    if (sessions.remove(session) == null) {
                        return List.of(ErrorCode.SESSION_EXPIRED);
                    }
                    for (Map.Entry<String, Node> entry : List.copyOf(nodes.entrySet())) {
                        if (entry.getValue().session() == session) {
                            remove(entry.getKey(), zxid);
                        }
                    }
                    return List.of(ErrorCode.OK);
                }
            });
        } catch (Refused e) {
            nodes = before;
            return List.of(e.error);
        }
    }

    private List<ErrorCode> reap(long zxid, long stamp, Command.ReapZnode reap) {
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String path = entry.getKey();
            Node node = entry.getValue();
            if (node.id() == reap.node()) {
                refuseUnless(children(path) == 0, ErrorCode.NOTEMPTY);
                long age = stamp - node.mtime();
                Life life = node.life();
                boolean isUnused = node.created() > 0 || (reap.neverUsedMs() > 0 && age > reap.neverUsedMs());
                boolean isDue = life.isContainer() ? isUnused : life.ttlMs() > 0 && age > life.ttlMs();
                refuseUnless(isDue, ErrorCode.BADVERSION);
                remove(path, zxid);
                return List.of(ErrorCode.OK);
            }
        }
        return List.of(ErrorCode.NONODE);
    }

    private List<ErrorCode> write(long zxid, long stamp, int member, Command.ClientWrite write) {
        refuseMalformed(write.request());
        Live live = sessions.get(write.session());
        refuseUnless(live != null, ErrorCode.SESSION_EXPIRED);
        refuseUnless(Objects.requireNonNull(live).owner() == member, ErrorCode.SESSION_MOVED);
        return perform(zxid, stamp, write.session(), write.identity(), write.request());
    }

    private List<ErrorCode> perform(long zxid, long stamp, long session, List<AuthId> identity, Request request) {
        if (!(request instanceof Multi multi)) {
            one(zxid, stamp, session, identity, request);
            return List.of(ErrorCode.OK);
        }
        TreeMap<String, Node> before = new TreeMap<>(nodes);
        long idBefore = nextId;
        List<ErrorCode> errors = new ArrayList<>();
        for (Request operation : multi.operations()) {
            try {
                one(zxid, stamp, session, identity, insideMulti(operation));
                errors.add(ErrorCode.OK);
            } catch (Refused e) {
                nodes = before;
                nextId = idBefore;
                errors.add(e.error);
                while (errors.size() < multi.operations().size()) {
                    errors.add(ErrorCode.RUNTIME_INCONSISTENCY);
                }
                return errors;
            }
        }
        return List.of(ErrorCode.OK);
    }

    /** What cannot be decoded has no session. */
    private static void refuseMalformed(Request request) {
        if (request instanceof Multi multi) {
            multi.operations().forEach(ModelTree::refuseMalformedOperation);
        }
    }

    private static void refuseMalformedOperation(Request operation) {
        if (operation instanceof Create create && create.op() != OpCode.CREATE_TTL) {
            CreateMode mode = CreateMode.of(create.flags());
            refuseUnless(mode != null && !mode.hasTtl() && create.acl() != null, ErrorCode.MARSHALLING_ERROR);
        }
    }

    /** Without a mode that has a time to live, createTTL is a create there. */
    private static Request insideMulti(Request operation) {
        if (!(operation instanceof Create create) || create.op() != OpCode.CREATE_TTL) {
            return operation;
        }
        CreateMode mode = CreateMode.of(create.flags());
        return mode != null && mode.hasTtl()
                ? create
                : new Create(OpCode.CREATE, create.path(), create.data(), create.acl(), create.flags(), Create.NO_TTL);
    }

    private void one(long zxid, long stamp, long session, List<AuthId> identity, Request request) {
        if (request instanceof Create create) {
            create(zxid, stamp, session, identity, create);
        } else if (request instanceof Delete delete) {
            delete(zxid, identity, delete);
        } else if (request instanceof SetData setData) {
            Node node = target(setData.path(), Permission.WRITE, identity);
            refuseUnless(matches(setData.version(), node.version()), ErrorCode.BADVERSION);
            nodes.put(setData.path(), node.withData(setData.data(), zxid, stamp));
        } else if (request instanceof SetAcl setAcl) {
            refuseUnless(ZnodePath.problem(setAcl.path()) == null, ErrorCode.BAD_ARGUMENTS);
            List<Acl> acl = fixed(setAcl.acl(), identity);
            Node node = target(setAcl.path(), Permission.ADMIN, identity);
            refuseUnless(matches(setAcl.version(), node.aversion()), ErrorCode.BADVERSION);
            nodes.put(setAcl.path(), node.withAcl(acl));
        } else if (request instanceof Check check) {
            Node node = target(check.path(), Permission.READ, identity);
            refuseUnless(matches(check.version(), node.version()), ErrorCode.BADVERSION);
        } else {
            throw new AssertionError("not modelled: " + request);
        }
    }

    private void create(long zxid, long stamp, long session, List<AuthId> identity, Create create) {
        refuseUnless(CreateMode.of(create.flags()) != null, ErrorCode.BAD_ARGUMENTS);
        CreateMode mode = Objects.requireNonNull(CreateMode.of(create.flags()));
        refuseUnless(!mode.hasTtl() || extendedTypes, ErrorCode.UNIMPLEMENTED);
        boolean isTtlRight = mode.hasTtl() ? create.ttl() >= 1 : create.op() != OpCode.CREATE_TTL;
        refuseUnless(isTtlRight, ErrorCode.BAD_ARGUMENTS);
        boolean isContainerAnyway = create.op() == OpCode.CREATE_CONTAINER;
        refuseUnless(!isLocal || !mode.isEphemeral() || isContainerAnyway, ErrorCode.EPHEMERAL_ON_LOCAL_SESSION);
        String asked = create.path();
        refuseUnless(asked.contains("/") && asked.indexOf('\0') < 0, ErrorCode.BAD_ARGUMENTS);
        List<Acl> acl = fixed(create.acl(), identity);
        String parentPath = parentOf(asked);
        Node parent = permitted(parentPath, Permission.CREATE, identity);
        String path = mode.isSequential() ? asked + String.format("%010d", parent.created()) : asked;
        refuseUnless(ZnodePath.problem(path) == null, ErrorCode.BAD_ARGUMENTS);
        refuseUnless(!nodes.containsKey(path), ErrorCode.NODEEXISTS);
        refuseUnless(parent.session() == 0, ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        boolean isContainer = create.op() == OpCode.CREATE_CONTAINER || mode.isContainer();
        Life life = new Life(isContainer, mode.hasTtl() && !isContainer ? create.ttl() : 0);
        long owner = mode.isEphemeral() && !isContainer ? session : 0;
        nodes.put(parentPath, parent.child(zxid, 1));
        nodes.put(path, new Node(create.data(), acl, zxid, zxid, zxid, stamp, stamp, 0, 0, 0, owner, life, nextId++));
    }

    private void delete(long zxid, List<AuthId> identity, Delete delete) {
        String path = delete.path();
        boolean isTarget = path.contains("/") && path.indexOf('\0') < 0 && !RESERVED.contains(path);
        refuseUnless(isTarget, ErrorCode.BAD_ARGUMENTS);
        permitted(parentOf(path), Permission.DELETE, identity);
        Node node = nodes.get(path);
        refuseUnless(node != null, ErrorCode.NONODE);
        refuseUnless(matches(delete.version(), Objects.requireNonNull(node).version()), ErrorCode.BADVERSION);
        refuseUnless(children(path) == 0, ErrorCode.NOTEMPTY);
        remove(path, zxid);
    }

    private void remove(String path, long zxid) {
        nodes.remove(path);
        String parent = parentOf(path);
        nodes.put(parent, Objects.requireNonNull(nodes.get(parent)).child(zxid, 0));
    }

    private Node target(String path, int permission, List<AuthId> identity) {
        refuseUnless(ZnodePath.problem(path) == null, ErrorCode.BAD_ARGUMENTS);
        return permitted(path, permission, identity);
    }

    private Node permitted(String path, int permission, List<AuthId> identity) {
        Node node = nodes.get(path);
        refuseUnless(node != null, ErrorCode.NONODE);
        Node present = Objects.requireNonNull(node);
        refuseUnless(AccessCheck.allows(present.acl(), permission, identity), ErrorCode.NOAUTH);
        return present;
    }

    private static List<Acl> fixed(@Nullable List<Acl> acl, List<AuthId> identity) {
        List<Acl> fixed = AclFixUp.fix(acl, identity, Agreed.DEFAULT);
        refuseUnless(fixed != null, ErrorCode.INVALID_ACL);
        return Objects.requireNonNull(fixed);
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static boolean matches(int expected, int present) {
        return expected == -1 || expected == present;
    }

    private static void refuseUnless(boolean holds, ErrorCode error) {
        if (!holds) {
            throw new Refused(error);
        }
    }

    int children(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        int count = 0;
        for (String other : nodes.keySet()) {
            boolean isBelow = other.startsWith(prefix) && other.length() > prefix.length();
            count += isBelow && other.indexOf('/', prefix.length()) < 0 ? 1 : 0;
        }
        return count;
    }

    Stat stat(String path) {
        Node node = Objects.requireNonNull(nodes.get(path));
        int children = children(path);
        return new Stat(
                node.czxid(),
                node.mzxid(),
                node.ctime(),
                node.mtime(),
                node.version(),
                2 * node.created() - children,
                node.aversion(),
                node.session(),
                node.data() == null ? 0 : node.data().length(),
                children,
                node.pzxid());
    }
}
