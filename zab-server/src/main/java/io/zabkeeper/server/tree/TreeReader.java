package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.AuthSchemes;
import io.zabkeeper.server.auth.DigestAuth;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.reply.AclReply;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.GetAcl;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.MultiRead;
import io.zabkeeper.wire.request.ReadReceiver;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one client's reads from the present state. Paths are not checked, they lead somewhere or nowhere (client
 * protocol §3.3). A reply refers to the arrays of the tree, which never change.
 */
final class TreeReader implements ReadReceiver<ReadResult> {
    private static final ReadResult NO_NODE = new ReadResult(ErrorCode.NONODE, null);
    private static final ReadResult NO_AUTH = new ReadResult(ErrorCode.NOAUTH, null);
    private static final ReadResult BAD_ARGUMENTS = new ReadResult(ErrorCode.BAD_ARGUMENTS, null);
    private static final ReadResult UNIMPLEMENTED = new ReadResult(ErrorCode.UNIMPLEMENTED, null);

    private final Tree tree;
    private final List<AuthId> identity;

    TreeReader(Tree tree, List<AuthId> identity) {
        this.tree = tree;
        this.identity = identity;
    }

    @Override
    public ReadResult onExists(Exists exists) {
        if (exists.path().indexOf('\0') >= 0) {
            return BAD_ARGUMENTS;
        }
        Znode node = tree.find(exists.path());
        if (node == null) {
            return NO_NODE;
        }
        return may(Permission.READ, node) ? done(new StatReply(node.stat())) : NO_AUTH;
    }

    @Override
    public ReadResult onGetData(GetData getData) {
        Znode node = tree.find(getData.path());
        if (node == null) {
            return NO_NODE;
        }
        if (!may(Permission.READ, node)) {
            return NO_AUTH;
        }
        return done(new DataReply(node.data == null ? null : Bytes.of(node.data), node.stat()));
    }

    @Override
    public ReadResult onGetAcl(GetAcl getAcl) {
        Znode node = tree.find(getAcl.path());
        if (node == null) {
            return NO_NODE;
        }
        if (!may(Permission.READ | Permission.ADMIN, node)) {
            return NO_AUTH;
        }
        List<Acl> acl = tree.aclOf(node);
        return done(new AclReply(may(Permission.ADMIN, node) ? acl : masked(acl), node.stat()));
    }

    @Override
    public ReadResult onGetChildren(GetChildren getChildren) {
        Znode node = tree.find(getChildren.path());
        if (node == null) {
            return NO_NODE;
        }
        if (!may(Permission.READ, node)) {
            return NO_AUTH;
        }
        return done(new ChildrenReply(tree.listings().of(node), getChildren.withStat() ? node.stat() : null));
    }

    /** As many as there are, whoever may read them; the node itself does not count, except for the root's name "" (§2.5). */
    @Override
    public ReadResult onGetAllChildrenNumber(GetAllChildrenNumber getAllChildrenNumber) {
        String path = getAllChildrenNumber.path();
        Znode node = tree.find(path);
        if (node == null) {
            return NO_NODE;
        }
        int self = path.isEmpty() ? 1 : 0;
        return may(Permission.READ, node) ? done(new CountReply(self + node.descendantCount())) : NO_AUTH;
    }

    @Override
    public ReadResult onMultiRead(MultiRead multiRead) {
        return done(new MultiReader(this).read(multiRead));
    }

    @Override
    public ReadResult onFilteredList(FilteredList filteredList) {
        return new ChildLists(tree, this).filtered(filteredList);
    }

    @Override
    public ReadResult onDetailedList(DetailedList detailedList) {
        return new ChildLists(tree, this).detailed(detailedList);
    }

    @Override
    public ReadResult onListPage(ListPage listPage) {
        return new ChildLists(tree, this).page(listPage);
    }

    @Override
    public ReadResult onOther(Request request) {
        return UNIMPLEMENTED;
    }

    boolean may(int permission, Znode node) {
        return tree.allows(node, permission, identity);
    }

    private static ReadResult done(Reply reply) {
        return new ReadResult(ErrorCode.OK, reply);
    }

    /** Hashes are for administrators only (§7.5). */
    private static List<Acl> masked(List<Acl> acl) {
        List<Acl> masked = new ArrayList<>(acl.size());
        for (Acl entry : acl) {
            AuthId id = entry.id();
            boolean isDigest = id.scheme().equals(AuthSchemes.DIGEST);
            masked.add(
                    isDigest
                            ? new Acl(entry.permissions(), new AuthId(id.scheme(), DigestAuth.masked(id.id())))
                            : entry);
        }
        return masked;
    }
}
