package io.zabkeeper.wire.reply;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import java.util.List;

/**
 * To a detailed list. Lists that were not asked for are empty, the others have one element for each name.
 *
 * @param names bare, in no order, as UTF-8; no list is copied, so they must not change any more
 * @param data where null counts as empty
 */
public record DetailedListReply(List<Bytes> names, Stat stat, List<Stat> stats, List<Bytes> data) implements Reply {
    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onDetailedList(this);
    }
}
