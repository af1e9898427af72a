package io.zabkeeper.server.admin;

import io.zabkeeper.server.request.AuditEntry;
import io.zabkeeper.server.request.AuditTrail;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: ZooKeeper's lines of {@code key=value} with tabs between them, by way of this class's logger. A thread
 * of its own writes; the loop never waits for it. When it cannot keep up, lines are dropped, and how many is a line
 * itself.
 *
 * <p>Everything that a client can choose is escaped, so that no value can look like another field or another line
 * (CVE-2026-84439).
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final int QUEUE_LINES = 16 * 1024;
    private static final long CLOSE_MS = 2_000;
    private static final long PAUSE_MS = 100;

    private final BlockingQueue<AuditEntry> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean isEnding;
    private final Thread writer = new Thread(this::write, "audit");

    public AuditLog() {
        writer.setDaemon(true);
        writer.start();
        add(new AuditEntry(0, null, null, "serverStart", null, null, null, null));
    }

    @Override
    public boolean isKept() {
        return true;
    }

    @Override
    public void add(AuditEntry entry) {
        if (!queue.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (!isEnding || !queue.isEmpty()) {
                AuditEntry entry = queue.poll(PAUSE_MS, TimeUnit.MILLISECONDS);
                if (entry == null) {
                    continue;
                }
                LOG.info(line(entry));
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    LOG.warn("operation=auditLinesDropped\tcount={}", lost);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is in the queue is written, unless that takes too long. */
    @Override
    public void close() {
        add(new AuditEntry(0, null, null, "serverStop", null, null, null, null));
        isEnding = true;
        try {
            writer.join(CLOSE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static String line(AuditEntry entry) {
        StringBuilder line = new StringBuilder(160);
        put(line, "session", entry.session() == 0 ? null : "0x" + Long.toHexString(entry.session()));
        put(line, "user", entry.users());
        put(line, "ip", entry.ip());
        put(line, "operation", entry.operation());
        put(line, "znode", entry.path());
        put(line, "znode_type", entry.type());
        put(line, "acl", entry.acl());
        put(line, "result", entry.error() == null ? "success" : "failure");
        put(line, "error", entry.error());
        return line.toString();
    }

    private static void put(StringBuilder line, String key, @Nullable String value) {
        if (value == null) {
            return;
        }
        line.append(line.length() == 0 ? "" : "\t").append(key).append('=');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLineEnd = c == '\u2028' || c == '\u2029';
            if (Character.isISOControl(c) || isLineEnd || c == '\\') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
