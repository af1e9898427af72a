package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.AtomicBroadcast;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.Status;
import java.util.ArrayDeque;

/**
 * Steps a core and performs its effects in order. No thread of its own; every call comes from the one that owns the
 * member's state.
 *
 * <p>A port may answer from within a call, as a log in memory does: the answer is queued and stepped after the effects of
 * the present event are done, so {@code step} is never re-entered. After a halt nothing is stepped or sent any more.
 *
 * <p>The state machine may take its time ({@link Backlog}): what it and those who look at it are told keeps its order and
 * waits, while the log and the links go on.
 */
public final class Driver implements Effect.Performer {
    private final AtomicBroadcast core;
    private final Log log;
    private final Outbox outbox;
    private final PeerLinks links;
    private final Backlog backlog;
    private final SnapshotDepot depot;
    private final Host host;

    private final ArrayDeque<Event> waiting = new ArrayDeque<>();
    private boolean stepping;
    private boolean halted;

    public Driver(
            AtomicBroadcast core, Log log, PeerLinks links, StateMachine machine, SnapshotDepot depot, Host host) {
        this.core = core;
        this.log = log;
        this.outbox = new Outbox(links);
        this.links = links;
        this.backlog = new Backlog(machine);
        this.depot = depot;
        this.host = host;
    }

    /** Steps the core with an event, and with whatever the ports answer meanwhile. */
    public void handle(Event event) {
        if (halted) {
            return;
        }
        waiting.add(event);
        if (!stepping) {
            run(() -> {});
        }
    }

    /** Whether the state machine has not taken everything yet: then {@link #goOn} is due before long. */
    public boolean isBehind() {
        return !backlog.isEmpty();
    }

    /** Offers the state machine what it has left over. Never from within one of its own calls. */
    public void goOn() {
        if (!halted && !stepping) {
            run(backlog::goOn);
        }
    }

    private void run(Runnable first) {
        stepping = true;
        try {
            first.run();
            for (Event next = waiting.poll(); next != null && !halted; next = waiting.poll()) {
                step(next);
            }
        } catch (Invariant.Violation violation) {
            halt("invariant violated: " + violation.getMessage());
        } finally {
            stepping = false;
        }
    }

    private void step(Event event) {
        if (event instanceof Event.Persisted persisted) {
            outbox.releaseUpTo(persisted.walSequence());
        }
        for (Effect effect : core.step(event)) {
            if (halted) {
                return;
            }
            effect.performBy(this);
        }
        if (event instanceof Event.SnapshotTaken taken && !halted) {
            log.release(taken.meta());
        }
    }

    public Status status() {
        return core.status();
    }

    public long nextDeadlineNanos() {
        return core.nextDeadlineNanos();
    }

    /** Messages that wait for the disk. */
    public int heldMessages() {
        return outbox.size();
    }

    private void halt(String reason) {
        halted = true;
        waiting.clear();
        backlog.clear();
        host.halt(reason);
    }

    @Override
    public void wal(Effect.Wal effect) {
        log.append(effect.sequence(), effect.records(), core.committed());
    }

    @Override
    public void send(Effect.Send effect) {
        outbox.send(effect);
    }

    @Override
    public void deliver(Effect.Deliver effect) {
        backlog.deliver(effect.entries());
    }

    @Override
    public void roleChanged(Effect.RoleChanged effect) {
        backlog.inOrder(() -> host.roleChanged(effect));
    }

    @Override
    public void rejected(Effect.Rejected effect) {
        backlog.inOrder(() -> host.rejected(effect.ids(), effect.reason()));
    }

    @Override
    public void uncertain(Effect.Uncertain effect) {
        backlog.inOrder(() -> host.uncertain(effect.ids()));
    }

    @Override
    public void readReady(Effect.ReadReady effect) {
        backlog.inOrder(() -> host.readReady(effect.readId(), effect.zxid()));
    }

    @Override
    public void readFailed(Effect.ReadFailed effect) {
        backlog.inOrder(() -> host.readFailed(effect.readId(), effect.reason()));
    }

    @Override
    public void sendSnapshot(Effect.SendSnapshot effect) {
        backlog.inOrder(() -> depot.send(effect.peer(), effect.id()));
    }

    @Override
    public void abortSnapshot(Effect.AbortSnapshot effect) {
        backlog.inOrder(() -> depot.abort(effect.id()));
    }

    @Override
    public void installSnapshot(Effect.InstallSnapshot effect) {
        backlog.inOrder(() -> depot.install(effect.id(), effect.meta()));
    }

    @Override
    public void resetLink(Effect.ResetLink effect) {
        links.reset(effect.peer(), effect.reason());
    }

    @Override
    public void halt(Effect.Halt effect) {
        halt(effect.reason());
    }

    @Override
    public void trace(Effect.Trace effect) {
        host.trace(effect.event());
    }
}
