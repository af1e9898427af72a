package io.zabkeeper.server.replica;

import io.zabkeeper.consensus.TraceEvent;
import io.zabkeeper.consensus.Zxid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core's own words as log lines: what an operator would put on a timeline at INFO, the rest at DEBUG. */
final class TraceLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.zabkeeper.zab");

    void log(TraceEvent event) {
        if (event instanceof TraceEvent.Broadcast || event instanceof TraceEvent.Committed) {
            return; // One for each request: counters tell that better.
        }
        if (event instanceof TraceEvent.Established established) {
            LOG.info(
                    "epoch established epoch={} history={}",
                    established.epoch(),
                    Zxid.toString(established.initialHistory()));
        } else if (event instanceof TraceEvent.Looking looking) {
            LOG.info("looking for a leader reason=\"{}\"", looking.reason());
        } else if (event instanceof TraceEvent.Chose chose) {
            LOG.info("leader chosen leader={} round={}", chose.leader(), chose.electionRound());
        } else if (event instanceof TraceEvent.Syncing syncing) {
            LOG.info(
                    "learner synchronizes learner={} mode={} from={}",
                    syncing.learner(),
                    syncing.mode(),
                    Zxid.toString(syncing.from()));
        } else if (event instanceof TraceEvent.Readmitted readmitted) {
            LOG.info("member may vote again member={}", readmitted.member());
        } else {
            LOG.debug("{}", event);
        }
    }
}
