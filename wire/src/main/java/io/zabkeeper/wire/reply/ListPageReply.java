package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param names bare, as UTF-8; not copied, so the list must not change any more
 * @param stat the znode's: equal on all pages if it had the same children all the time
 * @param token asks for the next page; null behind the last one
 */
public record ListPageReply(
        List<Bytes> names, Stat stat, @Nullable Bytes token) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onListPage(this);
    }
}
