package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.server.config.ServerConfig.Agreed;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.request.Create;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine with one open session, and short names for what tests do with it. Every write is one second later. */
final class TreeFixture {
    static final int NODE = 1;
    static final long SESSION = 0x100000001L;
    static final long OTHER_SESSION = 0x100000002L;
    static final Bytes PASSWORD = Bytes.ofUtf8("sixteen bytes pw");
    static final List<AuthId> SOMEBODY = Identity.ofPeer("10.0.0.1");
    static final long START = 1_700_000_000_000L;

    TreeMachine machine;
    List<AuthId> identity = SOMEBODY;
    long session = SESSION;
    private long zxid = 0x100000000L;

    /** Settings of a machine that differ in what tests care about. */
    static TreeSettings settings(boolean extendedTypes, String configText, long hashSeed) {
        Agreed usual = Agreed.DEFAULT;
        Agreed agreed = new Agreed(
                extendedTypes,
                usual.enforceQuota(),
                usual.digestScheme(),
                usual.pathLevels(),
                usual.aclEntries(),
                usual.multiOperations());
        return new TreeSettings(agreed, configText, hashSeed);
    }

    TreeFixture() {
        this(TreeSettings.DEFAULT);
    }

    TreeFixture(TreeSettings settings) {
        machine = TreeMachine.fresh(settings);
        open(SESSION);
        open(OTHER_SESSION);
    }

    long zxid() {
        return zxid;
    }

    static long stamp(long zxid) {
        return START + 1000 * (zxid & 0xffff);
    }

    Applied open(long id) {
        return order(new Command.OpenSession(id, 30_000, PASSWORD));
    }

    Applied order(Command command) {
        return order(CommandCodec.encode(command));
    }

    Applied order(byte[] command) {
        return orderFrom(NODE, command);
    }

    Applied orderFrom(int node, byte[] command) {
        zxid++;
        return machine.apply(zxid, stamp(zxid), node, command);
    }

    Applied write(Request request) {
        return order(new Command.ClientWrite(session, identity, Extensions.ALL, request));
    }

    ReadResult read(Request request) {
        return machine.read(request, identity);
    }

    Applied create(String path) {
        return create(path, CreateMode.PERSISTENT);
    }

    Applied create(String path, CreateMode mode) {
        return write(createRequest(path, mode));
    }

    Applied create(String path, List<Acl> acl) {
        return write(new Create(OpCode.CREATE, path, Bytes.EMPTY, acl, 0));
    }

    static Create createRequest(String path, CreateMode mode) {
        return new Create(OpCode.CREATE, path, Bytes.ofUtf8("data"), Acl.OPEN_UNSAFE, mode.flags());
    }

    Applied delete(String path) {
        return write(new Delete(path, -1));
    }

    Applied setData(String path, @Nullable String data) {
        return write(new SetData(path, data == null ? null : Bytes.ofUtf8(data), -1));
    }

    Applied multi(Request... operations) {
        return write(new Multi(List.of(operations)));
    }

    Stat stat(String path) {
        Stat stat = machine.stat(path);
        if (stat == null) {
            throw new AssertionError("no znode " + path);
        }
        return stat;
    }

    boolean exists(String path) {
        return machine.stat(path) != null;
    }

    @Nullable
    String data(String path) {
        Bytes data = ((DataReply) done(read(new GetData(path, false)))).data();
        return data == null ? null : data.utf8();
    }

    List<String> children(String path) {
        ChildrenReply reply = (ChildrenReply) done(read(new GetChildren(path, false, false)));
        return reply.names().stream().map(Bytes::utf8).sorted().toList();
    }

    static String createdPath(Applied applied) {
        if (applied.reply() instanceof Create2Reply reply) {
            return reply.path();
        }
        if (applied.reply() instanceof CreateReply reply) {
            return reply.path();
        }
        throw new AssertionError("not created: " + applied);
    }

    private static Reply done(ReadResult result) {
        if (result.error() != ErrorCode.OK || result.reply() == null) {
            throw new AssertionError("refused: " + result);
        }
        return result.reply();
    }
}
