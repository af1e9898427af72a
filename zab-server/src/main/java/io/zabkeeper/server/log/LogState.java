package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.SnapshotMeta;

/** What the records so far amount to, without the entries: kept by the writer, and by recovery to compare. */
final class LogState implements RecordCodec.Receiver {
    private long lastLogged;
    private long committed;
    private HardState state = HardState.INITIAL;
    private SnapshotMeta snapshot = SnapshotMeta.NONE;
    private boolean replacesHistory;

    LogState(RecordCodec.Head head) {
        onHead(head);
    }

    RecordCodec.Head head() {
        return new RecordCodec.Head(lastLogged, committed, state, snapshot, replacesHistory);
    }

    long lastLogged() {
        return lastLogged;
    }

    HardState state() {
        return state;
    }

    void committed(long hint) {
        committed = Math.max(committed, hint);
    }

    @Override
    public void onAppend(Entry entry) {
        lastLogged = entry.zxid();
    }

    @Override
    public void onTruncate(long last) {
        lastLogged = Math.min(lastLogged, last);
    }

    @Override
    public void onState(HardState newState) {
        state = newState;
    }

    @Override
    public void onSnapshot(SnapshotMeta meta, boolean replaces) {
        snapshot = meta;
        replacesHistory = replaces;
        committed(meta.zxid());
        if (replaces) {
            lastLogged = meta.zxid();
        }
    }

    @Override
    public void onHead(RecordCodec.Head head) {
        lastLogged = head.lastLogged();
        committed = head.committed();
        state = head.state();
        snapshot = head.snapshot();
        replacesHistory = head.replacesHistory();
    }
}
