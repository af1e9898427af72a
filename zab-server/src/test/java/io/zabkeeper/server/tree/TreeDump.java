package io.zabkeeper.server.tree;

import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.ZnodePath;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that clients can see of a tree, by path. */
final class TreeDump {
    /**
     * One znode.
     *
     * @param below how many there are below it
     */
    record Seen(@Nullable Bytes data, Stat stat, List<Acl> acl, int below) {}

    private TreeDump() {}

    static Map<String, Seen> of(TreeMachine machine) {
        List<AuthId> identity = List.of(Identity.SUPER);
        TreeMap<String, Seen> all = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/"));
        while (!open.isEmpty()) {
            String path = open.pop();
            DataReply data = (DataReply) Objects.requireNonNull(
                    machine.read(new GetData(path, false), identity).reply());
            CountReply below = (CountReply) Objects.requireNonNull(
                    machine.read(new GetAllChildrenNumber(path), identity).reply());
            all.put(path, new Seen(data.data(), data.stat(), Objects.requireNonNull(machine.acl(path)), below.total()));
            ChildrenReply children = (ChildrenReply) Objects.requireNonNull(
                    machine.read(new GetChildren(path, false, false), identity).reply());
            children.names().forEach(name -> open.push(ZnodePath.child(path, name.utf8())));
        }
        return all;
    }
}
