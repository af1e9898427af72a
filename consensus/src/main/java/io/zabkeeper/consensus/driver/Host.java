package io.zabkeeper.consensus.driver;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.ProposalId;
import io.zabkeeper.consensus.RejectReason;
import io.zabkeeper.consensus.TraceEvent;
import java.util.List;

/** The member around the driver: it is told what concerns its clients and its operator. */
public interface Host {
    void roleChanged(Effect.RoleChanged change);

    void rejected(List<ProposalId> ids, RejectReason reason);

    void uncertain(List<ProposalId> ids);

    void readReady(long readId, long zxid);

    void readFailed(long readId, RejectReason reason);

    /** The process must stop now. */
    void halt(String reason);

    void trace(TraceEvent event);
}
