package io.zabkeeper.server.metrics;

import com.codahale.metrics.Gauge;
import java.util.concurrent.atomic.AtomicLong;

/** A number with one writing thread and any readers; as cheap to change as a field. */
public final class Count implements Gauge<Long> {
    private final AtomicLong value = new AtomicLong();

    public void increment() {
        add(1);
    }

    public void add(long amount) {
        value.setOpaque(value.getPlain() + amount);
    }

    public long value() {
        return value.getOpaque();
    }

    @Override
    public Long getValue() {
        return value();
    }

    public void reset() {
        value.setOpaque(0);
    }
}
