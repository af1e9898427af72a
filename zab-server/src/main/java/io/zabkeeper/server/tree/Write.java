package io.zabkeeper.server.tree;

import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Reconfig;
import io.zabkeeper.wire.request.RemoveRecursive;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.WriteReceiver;
import java.util.ArrayList;
import java.util.List;

/**
 * One client's write while it is applied: where it stands in the history, who wants it, and what it has changed so far.
 * Passes each request to its executor; what is no write is not carried out.
 */
final class Write implements WriteReceiver<Outcome> {
    final Tree tree;
    final TreeSettings settings;
    final long zxid;
    final long stampMillis;
    final long session;
    final List<AuthId> identity;
    /** Whether only one member knows the session, so that nothing can end with it. */
    final boolean isLocal;

    private final List<TreeEvent> events = new ArrayList<>(2);
    private boolean inMulti;
    private int removedRecursively;

    Write(
            Tree tree,
            TreeSettings settings,
            long zxid,
            long stampMillis,
            long session,
            List<AuthId> identity,
            boolean isLocal) {
        this.tree = tree;
        this.settings = settings;
        this.zxid = zxid;
        this.stampMillis = stampMillis;
        this.session = session;
        this.identity = identity;
        this.isLocal = isLocal;
    }

    /** Against the znode as it is at this very position, never against an earlier one. */
    boolean may(int permission, Znode node) {
        return tree.allows(node, permission, identity);
    }

    /** Whether a quota forbids that so many more znodes and bytes come under this path. */
    boolean isBeyondQuota(String path, long count, long bytes) {
        return tree.quotas().refuses(path, count, bytes, settings.agreed().enforceQuota());
    }

    List<TreeEvent> events() {
        return events;
    }

    boolean isInMulti() {
        return inMulti;
    }

    void enterMulti() {
        inMulti = true;
        tree.begin();
    }

    void commitMulti() {
        inMulti = false;
        tree.commit();
    }

    void rollBackMulti() {
        inMulti = false;
        tree.rollBack();
        events.clear();
    }

    /** Whether so many more may be removed with one command, and if so, takes note of them. */
    boolean mayRemove(int znodes) {
        if (removedRecursively + znodes > RemoveRecursiveOp.MOST) {
            return false;
        }
        removedRecursively += znodes;
        return true;
    }

    void tellCreated(String path, Znode node, Znode parent) {
        events.add(new TreeEvent(EventType.NODE_CREATED, path, tree.aclOf(node)));
        tellChildren(path, parent);
    }

    void tellDeleted(String path, Znode node, Znode parent) {
        events.add(new TreeEvent(EventType.NODE_DELETED, path, tree.aclOf(node)));
        tellChildren(path, parent);
    }

    void tellDataChanged(String path, Znode node) {
        events.add(new TreeEvent(EventType.NODE_DATA_CHANGED, path, tree.aclOf(node)));
    }

    private void tellChildren(String path, Znode parent) {
        int slash = path.lastIndexOf('/');
        String parentPath = slash == 0 ? "/" : path.substring(0, slash);
        events.add(new TreeEvent(EventType.NODE_CHILDREN_CHANGED, parentPath, tree.aclOf(parent)));
    }

    @Override
    public Outcome onCreate(Create create) {
        return CreateOp.execute(this, create);
    }

    @Override
    public Outcome onDelete(Delete delete) {
        return DeleteOp.execute(this, delete);
    }

    @Override
    public Outcome onRemoveRecursive(RemoveRecursive removeRecursive) {
        return RemoveRecursiveOp.execute(this, removeRecursive);
    }

    @Override
    public Outcome onSetData(SetData setData) {
        return SetDataOp.execute(this, setData);
    }

    @Override
    public Outcome onSetAcl(SetAcl setAcl) {
        return SetAclOp.execute(this, setAcl);
    }

    /** Only inside a multi (client protocol §2.1). */
    @Override
    public Outcome onCheck(Check check) {
        return inMulti ? CheckOp.execute(this, check) : unimplemented();
    }

    /** Only inside a multi, like check. */
    @Override
    public Outcome onCheckNotExists(CheckNotExists checkNotExists) {
        return inMulti ? CheckNotExistsOp.execute(this, checkNotExists) : unimplemented();
    }

    @Override
    public Outcome onMulti(Multi multi) {
        return inMulti ? unimplemented() : MultiOp.execute(this, multi);
    }

    @Override
    public Outcome onReconfig(Reconfig reconfig) {
        return ReconfigOp.execute(this, reconfig);
    }

    @Override
    public Outcome onOther(Request request) {
        return unimplemented();
    }

    private static Outcome unimplemented() {
        return Outcome.failed(ErrorCode.UNIMPLEMENTED);
    }
}
