package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Proposal;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayList;
import java.util.List;

/** All properties at once. */
public final class Properties implements Property {
    private final List<Property> all;

    private Properties(List<Property> all) {
        this.all = all;
    }

    /** Those of section 8.1, for any protocol, and whatever judges the clients' side. */
    public static Properties ofAnyProtocol(World world, Property... oracles) {
        List<Property> all = new ArrayList<>(List.of(
                new Integrity(),
                new NoCreationFromFuture(world),
                new Agreement(world),
                new TotalOrder(world),
                new DigestEquality(world),
                new MonotoneCommit(),
                new Durability(world),
                new RoundMonotonicity(),
                new CrashIdempotence(world),
                new SnapshotExactness(world),
                new HistoryCoherence(),
                new FailStopForCause()));
        all.addAll(List.of(oracles));
        return new Properties(all);
    }

    /** Those of section 8.2 as well, and the rows of table 1.5 for Zab. */
    public static Properties ofZab(World world, Property... oracles) {
        List<Property> all = new ArrayList<>(ofAnyProtocol(world, oracles).all);
        SyncSoundness syncSoundness = new SyncSoundness();
        all.addAll(List.of(
                new LeadershipUniqueness(world),
                new EpochDiscipline(),
                new CommitQuorum(world),
                new LocalPrimaryOrder(),
                new GlobalPrimaryOrder(),
                new PrimaryIntegrity(world),
                syncSoundness,
                new PersistBeforeSend(),
                new SingleWriter()));
        return new Properties(all);
    }

    @Override
    public void booted(Replica replica, DurableImage image) {
        for (Property property : all) {
            property.booted(replica, image);
        }
    }

    @Override
    public void crashed(Replica replica) {
        for (Property property : all) {
            property.crashed(replica);
        }
    }

    @Override
    public void losesDisk(Replica replica) {
        for (Property property : all) {
            property.losesDisk(replica);
        }
    }

    @Override
    public void stepped(Replica replica, Event event, List<Effect> effects) {
        for (Property property : all) {
            property.stepped(replica, event, effects);
        }
    }

    @Override
    public void appending(Replica replica, WalRecord record) {
        for (Property property : all) {
            property.appending(replica, record);
        }
    }

    @Override
    public void persisted(Replica replica, WalRecord record) {
        for (Property property : all) {
            property.persisted(replica, record);
        }
    }

    @Override
    public void sent(Replica from, NodeId to, Message message) {
        for (Property property : all) {
            property.sent(from, to, message);
        }
    }

    @Override
    public void decided(Replica replica, long slot, Entry entry) {
        for (Property property : all) {
            property.decided(replica, slot, entry);
        }
    }

    @Override
    public void delivered(Replica replica, long slot, Entry entry, long digest) {
        for (Property property : all) {
            property.delivered(replica, slot, entry, digest);
        }
    }

    @Override
    public void restored(Replica replica, SnapshotMeta meta) {
        for (Property property : all) {
            property.restored(replica, meta);
        }
    }

    @Override
    public void cut(Replica replica, SnapshotMeta meta) {
        for (Property property : all) {
            property.cut(replica, meta);
        }
    }

    @Override
    public void traced(Replica replica, TraceEvent event) {
        for (Property property : all) {
            property.traced(replica, event);
        }
    }

    @Override
    public void invoked(Proposal proposal) {
        for (Property property : all) {
            property.invoked(proposal);
        }
    }

    @Override
    public void rejected(Replica replica, ProposalId id) {
        for (Property property : all) {
            property.rejected(replica, id);
        }
    }

    @Override
    public void acknowledged(Replica origin, long slot, Entry entry) {
        for (Property property : all) {
            property.acknowledged(origin, slot, entry);
        }
    }

    @Override
    public void readInvoked(Replica replica, long readId) {
        for (Property property : all) {
            property.readInvoked(replica, readId);
        }
    }

    @Override
    public void readServed(Replica replica, long readId, long ready, long servedAt) {
        for (Property property : all) {
            property.readServed(replica, readId, ready, servedAt);
        }
    }

    @Override
    public void readFailed(Replica replica, long readId) {
        for (Property property : all) {
            property.readFailed(replica, readId);
        }
    }

    @Override
    public void halted(Replica replica, String reason, boolean diskFailed) {
        for (Property property : all) {
            property.halted(replica, reason, diskFailed);
        }
    }
}
