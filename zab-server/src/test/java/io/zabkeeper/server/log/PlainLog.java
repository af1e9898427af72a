package io.zabkeeper.server.log;

import io.zabkeeper.consensus.Configuration;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** A booted log without threads, so that a test decides the order of everything. */
final class PlainLog {
    static final LogSettings SMALL = new LogSettings(64 << 10, 16 << 10, 1, 16 << 10, 0, 1 << 20, 50, 1 << 30);
    static final Configuration MEMBERS = new Configuration(0, NodeSet.ofValues(1, 2, 3), NodeSet.EMPTY);
    static final int NODE = 2;

    final Disk disk;
    final Identity identity;
    final RecoveredLog recovered;
    final SegmentShelf shelf;
    final GroupWriter writer;

    private PlainLog(Disk disk, Identity identity, RecoveredLog recovered, SegmentShelf shelf, GroupWriter writer) {
        this.disk = disk;
        this.identity = identity;
        this.recovered = recovered;
        this.shelf = shelf;
        this.writer = writer;
    }

    static PlainLog boot(Disk disk) throws IOException {
        return boot(disk, SnapshotMeta.NONE, SMALL);
    }

    /** Boots as a member does whose snapshots are where the log says; a damaged log is set aside. */
    static PlainLog boot(Disk disk, SnapshotMeta checkpoint, LogSettings settings) throws IOException {
        Identity identity = identify(disk);
        RecoveredLog recovered = LogRecovery.recover(disk, identity, checkpoint.zxid(), settings);
        SnapshotMeta installed = recovered.snapshot().zxid() > checkpoint.zxid() ? recovered.snapshot() : checkpoint;
        recovered = recovered.matched(installed);
        if (recovered.damage().isPresent()) {
            recovered = recovered.startedAfresh(installed);
        }
        LogStats stats = new LogStats();
        SegmentShelf shelf = new SegmentShelf(disk, identity, settings, stats, new Random(7), recovered);
        GroupWriter writer = GroupWriter.open(identity, shelf, settings, stats, recovered);
        return new PlainLog(disk, identity, recovered, shelf, writer);
    }

    static Identity identify(Disk disk) throws IOException {
        return Identity.open(disk, NODE, new Random(3), 0);
    }

    static RecoveredLog recover(Disk disk) throws IOException {
        return LogRecovery.recover(disk, identify(disk), 0, SMALL);
    }

    DurableImage image() {
        return recovered.image(SnapshotMeta.NONE, MEMBERS);
    }

    void log(WalRecord... records) throws IOException {
        log(0, List.of(records));
    }

    void log(long committed, List<? extends WalRecord> records) throws IOException {
        for (WalRecord record : records) {
            writer.put(record);
        }
        writer.commit(committed);
    }

    static Entry entry(long zxid, long previous, int size) {
        byte[] bytes = new byte[size];
        new Random(zxid).nextBytes(bytes);
        return new Entry(zxid, previous, zxid * 10, new ProposalId(new NodeId(1), 5, zxid), new Payload(bytes));
    }

    static WalRecord.Append append(long zxid) {
        return append(zxid, 100);
    }

    static WalRecord.Append append(long zxid, int size) {
        return new WalRecord.Append(entry(zxid, zxid - 1, size));
    }

    static HardState state(long epoch, boolean voter) {
        return new HardState(epoch, new NodeId(1), epoch, 77, voter);
    }
}
