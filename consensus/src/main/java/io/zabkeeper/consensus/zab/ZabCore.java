package io.zabkeeper.consensus.zab;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.Status;
import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zab as a step function. Takes each event to the present phase, after dropping what belongs to another link, attempt or
 * epoch (Z-28). No decision of the protocol is made here.
 */
public final class ZabCore implements AtomicBroadcast {
    private final NodeId self;
    private final ZabConfig config;
    private final long seed;
    private final Mutations mutations;
    private final Election.Factory election;
    private final Effects effects = new Effects();
    private final Clock clock;

    /** Null until booted. */
    private @Nullable Member member;

    private boolean halted;

    /**
     * @param seed differs in each life of each member: attempts and ensembles are told apart by numbers drawn from it and
     *     the incarnation
     */
    public ZabCore(NodeId self, ZabConfig config, long seed) {
        this(self, config, seed, Mutations.NONE, Looking::new);
    }

    ZabCore(NodeId self, ZabConfig config, long seed, Mutations mutations, Election.Factory election) {
        this.self = self;
        this.config = config;
        this.seed = seed;
        this.mutations = mutations;
        this.election = election;
        this.clock = new Clock(config.leaderSilenceNanos() / 2);
    }

    @Override
    public List<Effect> step(Event event) {
        if (!halted) {
            if (event instanceof Event.Boot boot) {
                boot(boot.image());
            } else if (event instanceof Event.PersistFailed failed) {
                halted = true; // what a failed fsync left on the disk is anybody's guess.
                effects.halt("the log cannot be written: " + failed.cause());
            } else {
                dispatch(booted(), event);
            }
        }
        return effects.take();
    }

    private Member booted() {
        if (member == null) {
            throw new Invariant.Violation("an event before Boot");
        }
        return member;
    }

    private void boot(DurableImage image) {
        Invariant.check(member == null, "booted twice");
        Member booting = new Member(self, config, seed, mutations, election, effects, clock, image);
        member = booting;
        booting.history.load(image.snapshot().zxid(), image.entries());
        booting.promise.load(image.hardState());
        if (image.standing() == Standing.AMNESIAC) {
            booting.promise.distrust(Zxid.epoch(booting.history.last()));
        }
        booting.delivery.load(image.snapshot().zxid(), image.committed());
        booting.look("booted");
    }

    private void dispatch(Member to, Event event) {
        if (event instanceof Event.Receive receive) {
            receive(to, receive);
        } else if (event instanceof Event.Persisted persisted) {
            effects.persisted(persisted.walSequence());
            to.history.persisted(persisted.walSequence());
            to.delivery.onPersisted();
            to.phase().onPersisted();
        } else if (event instanceof Event.Propose propose) {
            to.phase().onPropose(propose.proposals());
        } else if (event instanceof Event.Tick tick) {
            clock.tick(tick.nowNanos());
            to.election.onTick();
            to.phase().onTick();
        } else if (event instanceof Event.ReadBarrier read) {
            to.phase().onReadBarrier(read.readId());
        } else if (event instanceof Event.LinkChanged link) {
            if (to.links.changed(link.peer(), link.linkGeneration(), link.up())) {
                linkChanged(to, link.peer(), link.up());
            }
        } else if (event instanceof Event.SnapshotTaken taken) {
            to.delivery.checkpointed(taken.meta());
        } else if (event instanceof Event.SnapshotSent sent) {
            to.phase().onSnapshotSent(sent.peer(), sent.id(), sent.complete());
        } else if (event instanceof Event.SnapshotStaged staged) {
            to.phase().onSnapshotStaged(staged.id(), staged.meta());
        } else if (event instanceof Event.SnapshotInstalled installed) {
            to.delivery.installed(installed.id());
            to.phase().onSnapshotInstalled();
        } else if (event instanceof Event.StepDown stepDown) {
            to.phase().onStepDown(stepDown.reason());
        }
    }

    private void receive(Member to, Event.Receive receive) {
        NodeId from = receive.from();
        if (!to.links.admits(from, receive.linkGeneration()) || !(receive.message() instanceof ZabMessage message)) {
            effects.trace(new TraceEvent.Ignored(from, receive.message(), "of another link or protocol"));
            return;
        }
        if (to.links.changed(from, receive.linkGeneration(), true)) {
            linkChanged(to, from, true); // It speaks, so it is up.
        }
        if (message instanceof ZabMessage.OfAttempt ofAttempt && !to.phase().admits(from, ofAttempt)) {
            effects.trace(new TraceEvent.Ignored(from, message, "of another attempt"));
            return;
        }
        if (message instanceof ZabMessage.Notification notification) {
            if (!to.echoes.admit(from, notification.nonce())) {
                return;
            }
            to.election.onNotification(from, notification);
        }
        message.deliverTo(to.phase(), from);
    }

    private static void linkChanged(Member to, NodeId peer, boolean up) {
        if (up) {
            to.election.onLinkUp(peer);
            to.phase().onLinkUp(peer);
        } else {
            to.election.onLinkDown(peer);
            to.phase().onLinkDown(peer);
        }
    }

    @Override
    public Status status() {
        Member of = member;
        if (of == null) {
            return new Status(Role.LOOKING, "BOOT", 0, NodeId.NONE, false, 0, 0, 0, 0, NodeSet.EMPTY, false);
        }
        Phase phase = of.phase();
        return new Status(
                phase.role(),
                phase.name(),
                of.promise.state().currentEpoch(),
                phase.leader(),
                phase.isServing(),
                of.history.last(),
                of.history.durable(),
                of.delivery.committed(),
                of.delivery.delivered(),
                phase.synced(),
                of.franchise.mayVote());
    }

    @Override
    public long committed() {
        return member == null ? 0 : member.delivery.committed();
    }

    /** Never later than a heartbeat from now, because signs of life are dated by ticks. */
    @Override
    public long nextDeadlineNanos() {
        if (member == null) {
            return Long.MAX_VALUE;
        }
        long deadline = Math.min(member.phase().deadline(), member.election.deadline());
        return clock.toTickTime(Math.min(deadline, clock.now() + config.heartbeatNanos()));
    }
}
