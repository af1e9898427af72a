package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many changes go into one transaction: servers take requests of no more than 1 MB unless configured otherwise. */
final class Transactions {
    /** Leaves room for the request itself. */
    private static final long BUDGET_BYTES = 1_000_000;

    /** More than a change takes besides its texts and data; a chroot of usual length has room too. */
    private static final long BYTES_PER_CHANGE = 100;

    private Transactions() {}

    /** Whether one transaction can do it all. */
    static boolean fit(List<Change> changes) {
        return sizeBytes(changes) <= BUDGET_BYTES;
    }

    /** Packs changes in their order into as few transactions as possible; a group is never parted. */
    static List<List<Change>> pack(List<List<Change>> groups) {
        List<List<Change>> transactions = new ArrayList<>();
        List<Change> open = new ArrayList<>();
        long openBytes = 0;
        for (List<Change> group : groups) {
            long bytes = sizeBytes(group);
            if (!open.isEmpty() && openBytes + bytes > BUDGET_BYTES) {
                transactions.add(open);
                open = new ArrayList<>();
                openBytes = 0;
            }
            open.addAll(group);
            openBytes += bytes;
        }
        if (!open.isEmpty()) {
            transactions.add(open);
        }
        return transactions;
    }

    /** What to say of a transaction that was refused, and how things stand without it. */
    static CommandFailure undone(Refusal refusal, String state) {
        String cause = switch (refusal.error()) {
            case NONODE, NODEEXISTS, NOTEMPTY, BADVERSION -> ", since others were at work meanwhile";
            default -> "";
        };
        return new CommandFailure(ExitCode.REFUSED, refusal.getMessage() + cause + "; " + state);
    }

    private static long sizeBytes(List<Change> changes) {
        Scale scale = new Scale();
        changes.forEach(change -> change.deliverTo(scale));
        return scale.bytes;
    }

    /** Adds up what changes take in a request, a little more rather than less. */
    private static final class Scale implements Change.Receiver {
        private long bytes;

        @Override
        public void create(Change.Create create) {
            add(create.path(), create.data());
            for (Acl entry : create.acl()) {
                bytes += BYTES_PER_CHANGE + entry.id().id().length();
            }
        }

        @Override
        public void setData(Change.SetData setData) {
            add(setData.path(), setData.data());
        }

        @Override
        public void delete(Change.Delete delete) {
            add(delete.path(), null);
        }

        @Override
        public void check(Change.Check check) {
            add(check.path(), null);
        }

        private void add(String path, @Nullable Bytes data) {
            bytes += BYTES_PER_CHANGE
                    + path.getBytes(StandardCharsets.UTF_8).length
                    + (data == null ? 0 : data.length());
        }
    }
}
