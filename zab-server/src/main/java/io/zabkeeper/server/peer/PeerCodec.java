package io.zabkeeper.server.peer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.Payload;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.Role;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.consensus.quorum.NodeSet;
import io.zabkeeper.consensus.zab.Vote;
import io.zabkeeper.consensus.zab.ZabMessage;
import io.zabkeeper.server.peer.proto.Barrier;
import io.zabkeeper.server.peer.proto.Forward;
import io.zabkeeper.server.peer.proto.ForwardRejected;
import io.zabkeeper.server.peer.proto.Heard;
import io.zabkeeper.server.peer.proto.PeerMessage;
import io.zabkeeper.server.peer.proto.Position;
import io.zabkeeper.server.replica.ReplicaMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages between members to protobuf and back, both directions of each next to each other.
 *
 * <p>A decoder never trusts: a number outside its range, a count that does not match, an unknown kind is a damaged frame.
 * Unknown fields are passed over, so that a newer peer may say more.
 */
final class PeerCodec {
    private PeerCodec() {}

    static PeerMessage encode(Message message) {
        PeerMessage.Builder out = PeerMessage.newBuilder();
        if (message instanceof ZabMessage zab) {
            zab.deliverTo(new ZabEncoder(out), NodeId.NONE);
        } else if (message instanceof ReplicaMessage replica) {
            encode(replica, out);
        } else {
            throw new IllegalArgumentException("no encoding for " + message.getClass());
        }
        return out.build();
    }

    static Message decode(byte[] payload) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(payload);
        in.enableAliasing(true);
        PeerMessage message = PeerMessage.parseFrom(in);
        try {
            return decode(message);
        } catch (IllegalArgumentException outOfRange) {
            throw new DamagedFrameException("field out of range: " + outOfRange.getMessage());
        }
    }

    private static Message decode(PeerMessage in) throws DamagedFrameException {
        return switch (in.getKindCase()) {
            case NOTIFICATION -> notification(in.getNotification());
            case FOLLOWER_INFO -> followerInfo(in.getFollowerInfo());
            case LEADER_INFO -> leaderInfo(in.getLeaderInfo());
            case ACK_EPOCH -> ackEpoch(in.getAckEpoch());
            case SYNC_START -> syncStart(in.getSyncStart());
            case NEW_LEADER -> newLeader(in.getNewLeader());
            case PROPOSAL -> proposal(in.getProposal());
            case PING -> ping(in.getPing());
            case PONG -> pong(in.getPong());
            case SYNC_MISMATCH -> {
                Position at = in.getSyncMismatch();
                yield new ZabMessage.SyncMismatch(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case SYNC_ACK -> {
                Position at = in.getSyncAck();
                yield new ZabMessage.SyncAck(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case NEW_LEADER_ACK -> {
                Position at = in.getNewLeaderAck();
                yield new ZabMessage.NewLeaderAck(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case UP_TO_DATE -> {
                Position at = in.getUpToDate();
                yield new ZabMessage.UpToDate(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case ACK -> {
                Position at = in.getAck();
                yield new ZabMessage.Ack(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case GAP -> {
                Position at = in.getGap();
                yield new ZabMessage.Gap(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case COMMIT -> {
                Position at = in.getCommit();
                yield new ZabMessage.Commit(at.getEpoch(), at.getNonce(), at.getZxid());
            }
            case READMITTED -> {
                Position at = in.getReadmitted();
                yield new ZabMessage.Readmitted(at.getEpoch(), at.getNonce());
            }
            case FORWARD -> forward(in.getForward());
            case FORWARD_REJECTED ->
                new ReplicaMessage.ForwardRejected(
                        List.copyOf(in.getForwardRejected().getSequencesList()));
            case BARRIER_REQUEST ->
                new ReplicaMessage.BarrierRequest(in.getBarrierRequest().getId());
            case BARRIER_REPLY ->
                new ReplicaMessage.BarrierReply(
                        in.getBarrierReply().getId(), in.getBarrierReply().getZxid());
            case HEARD -> heard(in.getHeard());
            case KIND_NOT_SET -> throw new DamagedFrameException("a message of no known kind");
        };
    }

    // ---- one record after the other: how it is read -----------------------------------------------------------------

    private static ZabMessage notification(io.zabkeeper.server.peer.proto.Notification in) {
        NodeSet heard = NodeSet.EMPTY;
        for (int id : in.getHeardList()) {
            heard = heard.with(new NodeId(id));
        }
        return new ZabMessage.Notification(
                role(in.getRole()),
                in.getRound(),
                vote(in.getCandidate()),
                vote(in.getVote()),
                heard,
                in.getNonce(),
                in.getEcho(),
                in.getVoting(),
                in.getNoHistory(),
                in.getServing());
    }

    private static Vote vote(io.zabkeeper.server.peer.proto.Vote in) {
        return new Vote(new NodeId(in.getLeader()), in.getEpoch(), in.getZxid());
    }

    // Numbers on the wire are written down, so that the order of an enum may change.

    private static Role role(int number) {
        return switch (number) {
            case 0 -> Role.LOOKING;
            case 1 -> Role.FOLLOWING;
            case 2 -> Role.LEADING;
            case 3 -> Role.OBSERVING;
            default -> throw new IllegalArgumentException("role " + number);
        };
    }

    private static int number(Role role) {
        return switch (role) {
            case LOOKING -> 0;
            case FOLLOWING -> 1;
            case LEADING -> 2;
            case OBSERVING -> 3;
        };
    }

    private static ZabMessage.SyncMode mode(int number) {
        return switch (number) {
            case 0 -> ZabMessage.SyncMode.DIFF;
            case 1 -> ZabMessage.SyncMode.TRUNC;
            case 2 -> ZabMessage.SyncMode.SNAP;
            default -> throw new IllegalArgumentException("mode " + number);
        };
    }

    private static int number(ZabMessage.SyncMode mode) {
        return switch (mode) {
            case DIFF -> 0;
            case TRUNC -> 1;
            case SNAP -> 2;
        };
    }

    private static ZabMessage followerInfo(io.zabkeeper.server.peer.proto.FollowerInfo in) {
        return new ZabMessage.FollowerInfo(in.getNonce(), in.getAcceptedEpoch(), in.getCluster(), in.getVoting());
    }

    private static ZabMessage leaderInfo(io.zabkeeper.server.peer.proto.LeaderInfo in) {
        return new ZabMessage.LeaderInfo(in.getEpoch(), in.getNonce(), in.getCluster(), in.getCurrentEpoch());
    }

    private static ZabMessage ackEpoch(io.zabkeeper.server.peer.proto.AckEpoch in) {
        return new ZabMessage.AckEpoch(
                in.getEpoch(), in.getNonce(), in.getPromised(), in.getCurrentEpoch(), in.getLastLogged());
    }

    private static ZabMessage syncStart(io.zabkeeper.server.peer.proto.SyncStart in) {
        return new ZabMessage.SyncStart(in.getEpoch(), in.getNonce(), mode(in.getMode()), in.getZxid());
    }

    private static ZabMessage newLeader(io.zabkeeper.server.peer.proto.NewLeader in) {
        return new ZabMessage.NewLeader(in.getEpoch(), in.getNonce(), in.getInitialHistory(), in.getCluster());
    }

    private static ZabMessage proposal(io.zabkeeper.server.peer.proto.Proposal in) {
        List<Entry> entries = new ArrayList<>(in.getEntriesCount());
        for (int i = 0; i < in.getEntriesCount(); i++) {
            io.zabkeeper.server.peer.proto.Entry entry = in.getEntries(i);
            entries.add(new Entry(
                    entry.getZxid(),
                    entry.getPrevious(),
                    entry.getStampMillis(),
                    new ProposalId(new NodeId(entry.getOrigin()), entry.getIncarnation(), entry.getSequence()),
                    new Payload(entry.getPayload().toByteArray())));
        }
        return new ZabMessage.Proposal(in.getEpoch(), in.getNonce(), in.getCommitted(), entries);
    }

    private static ZabMessage ping(io.zabkeeper.server.peer.proto.Ping in) {
        return new ZabMessage.Ping(in.getEpoch(), in.getNonce(), in.getSequence(), in.getCommitted());
    }

    private static ZabMessage pong(io.zabkeeper.server.peer.proto.Pong in) {
        return new ZabMessage.Pong(
                in.getEpoch(), in.getNonce(), in.getSequence(), in.getLastLogged(), in.getDurable(), in.getUpToDate());
    }

    private static ReplicaMessage forward(Forward in) throws DamagedFrameException {
        if (in.getSequencesCount() != in.getPayloadsCount()) {
            throw new DamagedFrameException(
                    in.getSequencesCount() + " numbers for " + in.getPayloadsCount() + " requests");
        }
        NodeId origin = new NodeId(in.getOrigin());
        List<io.zabkeeper.consensus.Proposal> proposals = new ArrayList<>(in.getSequencesCount());
        for (int i = 0; i < in.getSequencesCount(); i++) {
            proposals.add(new io.zabkeeper.consensus.Proposal(
                    new ProposalId(origin, in.getIncarnation(), in.getSequences(i)),
                    0,
                    new Payload(in.getPayloads(i).toByteArray())));
        }
        return new ReplicaMessage.Forward(in.getEpoch(), proposals);
    }

    private static ReplicaMessage heard(Heard in) throws DamagedFrameException {
        if (in.getSessionsCount() != in.getAgoMillisCount()) {
            throw new DamagedFrameException(
                    in.getAgoMillisCount() + " ages for " + in.getSessionsCount() + " sessions");
        }
        List<ReplicaMessage.Touch> touches = new ArrayList<>(in.getSessionsCount());
        for (int i = 0; i < in.getSessionsCount(); i++) {
            touches.add(new ReplicaMessage.Touch(in.getSessions(i), in.getAgoMillis(i)));
        }
        return new ReplicaMessage.Heard(touches);
    }

    // ---- and how it is written --------------------------------------------------------------------------------------

    private static void encode(ReplicaMessage message, PeerMessage.Builder out) {
        if (message instanceof ReplicaMessage.Forward forward) {
            out.setForward(encode(forward));
        } else if (message instanceof ReplicaMessage.ForwardRejected rejected) {
            out.setForwardRejected(ForwardRejected.newBuilder().addAllSequences(rejected.sequences()));
        } else if (message instanceof ReplicaMessage.BarrierRequest request) {
            out.setBarrierRequest(Barrier.newBuilder().setId(request.id()));
        } else if (message instanceof ReplicaMessage.BarrierReply reply) {
            out.setBarrierReply(Barrier.newBuilder().setId(reply.id()).setZxid(reply.zxid()));
        } else if (message instanceof ReplicaMessage.Heard heard) {
            Heard.Builder touches = out.getHeardBuilder();
            for (ReplicaMessage.Touch touch : heard.touches()) {
                touches.addSessions(touch.session()).addAgoMillis(touch.agoMillis());
            }
        }
    }

    private static Forward.Builder encode(ReplicaMessage.Forward forward) {
        Forward.Builder out = Forward.newBuilder().setEpoch(forward.epoch());
        for (io.zabkeeper.consensus.Proposal proposal : forward.proposals()) {
            ProposalId id = proposal.id();
            out.setOrigin(id.origin().value()).setIncarnation(id.incarnation()); // One member's: the same in all.
            out.addSequences(id.sequence());
            out.addPayloads(UnsafeByteOperations.unsafeWrap(proposal.payload().bytes()));
        }
        return out;
    }

    private static io.zabkeeper.server.peer.proto.Vote.Builder encode(Vote vote) {
        return io.zabkeeper.server.peer.proto.Vote.newBuilder()
                .setLeader(vote.leader().value())
                .setEpoch(vote.epoch())
                .setZxid(vote.zxid());
    }

    private static Position.Builder position(ZabMessage.OfAttempt message, long zxid) {
        return Position.newBuilder()
                .setEpoch(message.epoch())
                .setNonce(message.nonce())
                .setZxid(zxid);
    }

    private record ZabEncoder(PeerMessage.Builder out) implements ZabMessage.Receiver {
        @Override
        public void ignore(NodeId from, ZabMessage message) {
            throw new IllegalArgumentException("no encoding for " + message.getClass());
        }

        @Override
        public void onNotification(NodeId from, ZabMessage.Notification message) {
            var builder = out.getNotificationBuilder()
                    .setRole(number(message.role()))
                    .setRound(message.round())
                    .setCandidate(encode(message.candidate()))
                    .setVote(encode(message.vote()))
                    .setNonce(message.nonce())
                    .setEcho(message.echo())
                    .setVoting(message.voting())
                    .setNoHistory(message.noHistory())
                    .setServing(message.serving());
            for (NodeId id : message.heard()) {
                builder.addHeard(id.value());
            }
        }

        @Override
        public void onFollowerInfo(NodeId from, ZabMessage.FollowerInfo message) {
            out.getFollowerInfoBuilder()
                    .setNonce(message.nonce())
                    .setAcceptedEpoch(message.acceptedEpoch())
                    .setCluster(message.clusterId())
                    .setVoting(message.voting());
        }

        @Override
        public void onLeaderInfo(NodeId from, ZabMessage.LeaderInfo message) {
            out.getLeaderInfoBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setCluster(message.clusterId())
                    .setCurrentEpoch(message.currentEpoch());
        }

        @Override
        public void onAckEpoch(NodeId from, ZabMessage.AckEpoch message) {
            out.getAckEpochBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setPromised(message.promised())
                    .setCurrentEpoch(message.currentEpoch())
                    .setLastLogged(message.lastLogged());
        }

        @Override
        public void onSyncStart(NodeId from, ZabMessage.SyncStart message) {
            out.getSyncStartBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setMode(number(message.mode()))
                    .setZxid(message.zxid());
        }

        @Override
        public void onSyncMismatch(NodeId from, ZabMessage.SyncMismatch message) {
            out.setSyncMismatch(position(message, message.lastLogged()));
        }

        @Override
        public void onSyncAck(NodeId from, ZabMessage.SyncAck message) {
            out.setSyncAck(position(message, message.durable()));
        }

        @Override
        public void onNewLeader(NodeId from, ZabMessage.NewLeader message) {
            out.getNewLeaderBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setInitialHistory(message.initialHistory())
                    .setCluster(message.clusterId());
        }

        @Override
        public void onNewLeaderAck(NodeId from, ZabMessage.NewLeaderAck message) {
            out.setNewLeaderAck(position(message, message.lastLogged()));
        }

        @Override
        public void onUpToDate(NodeId from, ZabMessage.UpToDate message) {
            out.setUpToDate(position(message, message.committed()));
        }

        @Override
        public void onProposal(NodeId from, ZabMessage.Proposal message) {
            var builder = out.getProposalBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setCommitted(message.committed());
            for (Entry entry : message.entries()) {
                ProposalId id = entry.id();
                builder.addEntries(io.zabkeeper.server.peer.proto.Entry.newBuilder()
                        .setZxid(entry.zxid())
                        .setPrevious(entry.previous())
                        .setStampMillis(entry.stampMillis())
                        .setOrigin(id.origin().value())
                        .setIncarnation(id.incarnation())
                        .setSequence(id.sequence())
                        .setPayload(
                                UnsafeByteOperations.unsafeWrap(entry.payload().bytes()))
                        .build());
            }
        }

        @Override
        public void onAck(NodeId from, ZabMessage.Ack message) {
            out.setAck(position(message, message.durable()));
        }

        @Override
        public void onGap(NodeId from, ZabMessage.Gap message) {
            out.setGap(position(message, message.lastLogged()));
        }

        @Override
        public void onCommit(NodeId from, ZabMessage.Commit message) {
            out.setCommit(position(message, message.committed()));
        }

        @Override
        public void onPing(NodeId from, ZabMessage.Ping message) {
            out.getPingBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setSequence(message.sequence())
                    .setCommitted(message.committed());
        }

        @Override
        public void onPong(NodeId from, ZabMessage.Pong message) {
            out.getPongBuilder()
                    .setEpoch(message.epoch())
                    .setNonce(message.nonce())
                    .setSequence(message.sequence())
                    .setLastLogged(message.lastLogged())
                    .setDurable(message.durable())
                    .setUpToDate(message.upToDate());
        }

        @Override
        public void onReadmitted(NodeId from, ZabMessage.Readmitted message) {
            out.setReadmitted(position(message, 0));
        }
    }
}
