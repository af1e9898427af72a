package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** What the clients of a load do, again and again. */
enum Workload {
    /** Each operation reads one of the znodes. */
    GET {
        @Override
        void operate(Session session, List<String> paths, Bytes data) throws InterruptedException {
            session.get(anyOf(paths));
        }
    },
    /** Each operation writes one of the znodes. */
    SET {
        @Override
        void operate(Session session, List<String> paths, Bytes data) throws InterruptedException {
            session.set(anyOf(paths), data, ANY_VERSION);
        }
    },
    /** Each operation creates a znode, and deletes it. */
    CREATE {
        @Override
        void operate(Session session, List<String> paths, Bytes data) throws InterruptedException {
            String created = session.create(anyOf(paths) + "-", data, CreateMode.EPHEMERAL_SEQUENTIAL);
            session.delete(created, ANY_VERSION);
        }
    },
    /** Nine of ten operations read, one writes. */
    MIXED {
        @Override
        void operate(Session session, List<String> paths, Bytes data) throws InterruptedException {
            (ThreadLocalRandom.current().nextInt(10) == 0 ? SET : GET).operate(session, paths, data);
        }
    };

    private static final int ANY_VERSION = -1;

    /** Does it once and waits for the answer. */
    abstract void operate(Session session, List<String> paths, Bytes data) throws InterruptedException;

    private static String anyOf(List<String> paths) {
        return paths.get(ThreadLocalRandom.current().nextInt(paths.size()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
