package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.server.session.Session;
import io.zabkeeper.server.session.SessionTable;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state machine: the same commands in the same order give the same state, replies and events on every
 * member. It has no thread, clock or chance, and it is total: whatever bytes are ordered, there is an outcome.
 *
 * <p>The tree, the access control lists and the sessions are one state with one position. {@link #freeze}, {@link #walk}
 * and {@link TreeRestorer} take it out and bring it back, always exact at one zxid.
 *
 * <p>Belongs to the replica loop.
 */
public final class TreeMachine {
    private final Tree tree;
    private final TreeSettings settings;
    private long lastZxid;

    TreeMachine(Tree tree, TreeSettings settings, long lastZxid) {
        this.tree = tree;
        this.settings = settings;
        this.lastZxid = lastZxid;
    }

    /** The state before the first command. All of it is a change yet to be written. */
    public static TreeMachine fresh(TreeSettings settings) {
        Tree tree = new Tree(settings.hashSeed());
        FreshTree.plantIn(tree, settings.configText());
        return new TreeMachine(tree, settings, 0);
    }

    /**
     * Executes the next command. A command that fails changes nothing but the position.
     *
     * @param zxid beyond {@link #lastZxid}
     * @param stampMillis the leader's time, the only one that counts
     * @param originNode the member where the command comes from
     * @param command {@link CommandCodec}'s bytes, or any others
     */
    public Applied apply(long zxid, long stampMillis, int originNode, byte[] command) {
        Invariant.check(zxid > lastZxid, "applied in order", zxid, lastZxid);
        Applied applied = execute(zxid, stampMillis, originNode, command);
        tree.settle();
        lastZxid = zxid;
        return applied;
    }

    private Applied execute(long zxid, long stampMillis, int originNode, byte[] bytes) {
        Command command;
        try {
            command = CommandCodec.decode(bytes);
        } catch (MalformedFrameException e) {
            return failed(ErrorCode.MARSHALLING_ERROR);
        }
        return command.deliverTo(new Command.Receiver<Applied>() {
            @Override
            public Applied onClientWrite(Command.ClientWrite write) {
                return executeWrite(zxid, stampMillis, originNode, write);
            }

            @Override
            public Applied onLocalWrite(Command.LocalWrite local) {
                return executed(zxid, stampMillis, local.write(), true);
            }

            @Override
            public Applied onOpenSession(Command.OpenSession open) {
                return SessionOps.open(tree, open, originNode, zxid);
            }

            @Override
            public Applied onAttachSession(Command.AttachSession attach) {
                return SessionOps.attach(tree, attach, originNode, zxid);
            }

            @Override
            public Applied onCloseSession(Command.CloseSession close) {
                return SessionOps.close(tree, close, originNode, zxid);
            }

            @Override
            public Applied onExpireSession(Command.ExpireSession expire) {
                return SessionOps.expire(tree, expire, zxid);
            }

            @Override
            public Applied onReapZnode(Command.ReapZnode reap) {
                return ReapOp.execute(tree, reap, zxid, stampMillis);
            }
        });
    }

    /** Whether the session lives and where it belongs is decided here and nowhere earlier (ZK-1496, ZK-1208). */
    private Applied executeWrite(long zxid, long stampMillis, int originNode, Command.ClientWrite command) {
        Session session = tree.sessions().get(command.session());
        if (session == null) {
            return failed(ErrorCode.SESSION_EXPIRED);
        }
        if (session.owner() != originNode) {
            return failed(ErrorCode.SESSION_MOVED);
        }
        return executed(zxid, stampMillis, command, false);
    }

    private Applied executed(long zxid, long stampMillis, Command.ClientWrite command, boolean isLocal) {
        Write write = new Write(tree, settings, zxid, stampMillis, command.session(), command.identity(), isLocal);
        Outcome outcome = command.request().deliverTo(write);
        return new Applied(outcome.error(), outcome.reply(), write.events(), null);
    }

    private static Applied failed(ErrorCode error) {
        return new Applied(error, null, List.of(), null);
    }

    /** exists, getData, getACL and getChildren; anything else is {@link ErrorCode#UNIMPLEMENTED}. */
    public ReadResult read(Request request, List<AuthId> identity) {
        return request.deliverTo(new TreeReader(tree, identity));
    }

    /** The stat of a znode whoever asks, null when there is none. */
    public @Nullable Stat stat(String path) {
        Znode node = tree.find(path);
        return node == null ? null : node.stat();
    }

    /** The access control list of a znode whoever asks, null when there is no such znode. */
    public @Nullable List<Acl> acl(String path) {
        Znode node = tree.find(path);
        return node == null ? null : tree.aclOf(node);
    }

    /** Position of the last command. */
    public long lastZxid() {
        return lastZxid;
    }

    public SessionTable sessions() {
        return tree.sessions();
    }

    /** The paths of a session's ephemerals, the oldest first. */
    public List<String> ephemerals(long session) {
        List<String> paths = new ArrayList<>();
        long parent = 0;
        String below = "";
        for (long id : tree.ephemerals().of(session)) {
            Znode node = tree.byId(id);
            if (node != null) {
                if (node.parent != parent) {
                    parent = node.parent;
                    below = parent == Tree.ROOT_ID ? "/" : tree.pathOf(tree.parentOf(node)) + "/";
                }
                paths.add(below + node.nameText());
            }
        }
        return paths;
    }

    /**
     * Begins to look for containers and znodes with a time to live that are due.
     *
     * @param neverUsedMs the age at which a container goes that has never had a child; 0 for never
     */
    public ReapScan reapScan(long neverUsedMs) {
        return new ReapScan(tree, neverUsedMs);
    }

    /** Containers and znodes with a time to live. */
    public long expiringCount() {
        return tree.expiring().count();
    }

    /** All quotas, by path. Costs as much as there are. */
    public List<QuotaReport> quotas() {
        return tree.quotas().reports();
    }

    /** The last write beyond a limit since this was asked, null when there was none. Not part of the state. */
    public @Nullable QuotaExcess takeQuotaExcess() {
        return tree.quotas().takeExcess();
    }

    /** All znodes, the four of a fresh tree included. */
    public long nodeCount() {
        return tree.nodeCount();
    }

    public long ephemeralCount() {
        return tree.ephemerals().count();
    }

    /** Bytes of all data and all names. */
    public long dataSizeBytes() {
        return tree.dataBytes();
    }

    /** Different access control lists in use. */
    public int aclCount() {
        return tree.aclCount();
    }

    /** Of the whole state; equal on two members at the same position. */
    public long digest() {
        return tree.digest();
    }

    /** The digest by going through everything. Slow; for tests and for checks while idle. */
    public long recomputedDigest() {
        return tree.recomputedDigest();
    }

    /** Records that differ from the last cut. */
    public int dirtyRecords() {
        return tree.dirtyRecords();
    }

    /** What has changed since the cut before, or since the beginning. Cheap: writing it is another thread's work. */
    public Cut freeze() {
        return new FrozenCut(tree.meta(lastZxid), tree.counters(), tree.takeChanges());
    }

    /** Begins to hand out the whole state as it is now. */
    public Walk walk() {
        return new Walk(tree, lastZxid);
    }
}
