package io.zabkeeper.wire.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the present thread has allocated. */
public final class Allocation {
    /** Records, lists and strings around the bytes of a frame. */
    public static final long PER_BYTE = 64;

    /** An exception with its stack, a reader, a buffer around the array; far below what a hostile length asks for. */
    public static final long BASE = 16 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes since the thread began. */
    public static long ofThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
