package io.zabkeeper.server.tree;

import io.zabkeeper.consensus.SnapshotMeta;

/** The changes up to one position, which nobody changes any more. */
record FrozenCut(SnapshotMeta meta, Counters counters, Changes changes) implements Cut {
    @Override
    public int size() {
        return 1 + changes.size();
    }

    @Override
    public void writeTo(StateSink sink) {
        StateEncoder encoder = new StateEncoder();
        sink.put(Table.ACL, Counters.KEY, encoder.encode(counters));
        changes.writeTo(sink, encoder);
    }
}
