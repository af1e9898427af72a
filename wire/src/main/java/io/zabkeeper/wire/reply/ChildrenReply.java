package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To getChildren and, with the stat, to getChildren2.
 *
 * @param names bare, in no order, as UTF-8; not copied, so the list must not change any more
 */
public record ChildrenReply(List<Bytes> names, @Nullable Stat stat) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onChildren(this);
    }
}
