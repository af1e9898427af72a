package io.zabkeeper.consensus.simulator.invariant;

import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.zab.ZabMessage;

/**
 * Persist before send: the rows for Zab of table 1.5 of {@code consensus.md}.
 *
 * <table>
 * <caption>What is on the simulated disk when the message is handed to the link</caption>
 * <tr><td>LEADERINFO(e)</td><td>acceptedEpoch = e, acceptedLeader = self</td></tr>
 * <tr><td>ACKEPOCH(e)</td><td>acceptedEpoch = e, acceptedLeader, and the log through the position it reports</td></tr>
 * <tr><td>SYNC, NEWLEADER(e) of the leader</td><td>currentEpoch = e</td></tr>
 * <tr><td>ACK of NEWLEADER(e)</td><td>history through the position it names, and currentEpoch = e</td></tr>
 * <tr><td>ACK(z), and durable positions elsewhere</td><td>entries ≤ z</td></tr>
 * </table>
 *
 * <p>A gated message may leave after its sender has moved on to a higher epoch, so epochs are compared with ≥, and
 * positions with "was durable once".
 */
final class PersistBeforeSend implements Property {
    @Override
    public void sent(Replica from, NodeId to, Message message) {
        HardState disk = from.durableState();
        if (message instanceof ZabMessage.LeaderInfo info) {
            requirePromise(from, info.epoch(), from.id(), message);
        } else if (message instanceof ZabMessage.AckEpoch ack) {
            if (ack.promised()) {
                requirePromise(from, ack.epoch(), to, message);
            }
            require(disk.acceptedEpoch() >= ack.epoch(), from, message);
            require(disk.currentEpoch() >= ack.currentEpoch(), from, message);
            requireHeld(from, ack.lastLogged(), message);
        } else if (message instanceof ZabMessage.SyncStart start) {
            require(disk.currentEpoch() >= start.epoch(), from, message);
        } else if (message instanceof ZabMessage.NewLeader newLeader) {
            require(disk.currentEpoch() >= newLeader.epoch(), from, message);
        } else if (message instanceof ZabMessage.NewLeaderAck ack) {
            require(disk.currentEpoch() >= ack.epoch(), from, message);
            requireHeld(from, ack.lastLogged(), message);
        } else if (message instanceof ZabMessage.Ack ack) {
            requireHeld(from, ack.durable(), message);
        } else if (message instanceof ZabMessage.SyncAck ack) {
            requireHeld(from, ack.durable(), message);
        } else if (message instanceof ZabMessage.Pong pong) {
            requireHeld(from, pong.durable(), message);
        }
    }

    private static void requirePromise(Replica from, long epoch, NodeId leader, Message message) {
        HardState disk = from.durableState();
        require(
                disk.acceptedEpoch() > epoch
                        || (disk.acceptedEpoch() == epoch
                                && disk.acceptedLeader().equals(leader)),
                from,
                message);
    }

    private static void requireHeld(Replica from, long zxid, Message message) {
        if (!from.everHeld(zxid)) {
            throw new PropertyViolation(
                    "PersistBeforeSend", from.id() + " sends " + message + " without " + Zxid.toString(zxid));
        }
    }

    private static void require(boolean holds, Replica from, Message message) {
        if (!holds) {
            throw new PropertyViolation(
                    "PersistBeforeSend",
                    from.id() + " sends " + message + " while its disk says " + from.durableState());
        }
    }
}
