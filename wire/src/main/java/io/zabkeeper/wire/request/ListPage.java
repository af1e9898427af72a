package io.zabkeeper.wire.request;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for so many children of a znode. An extension.
 *
 * @param limit names of a page, more than 0; a server may give fewer, and a few more where it cannot tell them apart
 * @param token what the page before came with; null for the first one
 */
public record ListPage(String path, int limit, @Nullable Bytes token) implements Request {
    @Override
    public OpCode op() {
        return OpCode.LIST_PAGE;
    }

    @Override
    public <R> R deliverTo(Receiver<R> receiver) {
        return receiver.onListPage(this);
    }
}
