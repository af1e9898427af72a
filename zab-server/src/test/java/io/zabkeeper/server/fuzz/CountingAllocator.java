package io.zabkeeper.server.fuzz;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Buffers that are counted until they are released, to the last one: Netty's leak detector needs a collection of garbage
 * to notice. All are on the heap, where what they cost is seen. For one thread.
 */
public final class CountingAllocator extends AbstractByteBufAllocator {
    private int unreleased;

    public CountingAllocator() {
        super(false);
    }

    /** Buffers that were handed out and are not released yet. */
    public int unreleased() {
        return unreleased;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(this, initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private final class Counted extends UnpooledHeapByteBuf {
        Counted(ByteBufAllocator allocator, int initialCapacity, int maxCapacity) {
            super(allocator, initialCapacity, maxCapacity);
            unreleased++;
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            unreleased--;
        }
    }
}
