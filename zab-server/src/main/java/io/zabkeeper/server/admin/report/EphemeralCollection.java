package io.zabkeeper.server.admin.report;

import io.zabkeeper.server.metrics.MemberReport.Ephemerals;
import io.zabkeeper.server.replica.Replica;
import io.zabkeeper.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/** Collects the ephemerals of each session that has any. The member's state may be replaced between two steps. */
final class EphemeralCollection {
    private final Replica replica;
    private final List<Session> sessions;
    private final int limit;
    private final List<Ephemerals> ephemerals = new ArrayList<>();
    private int next;
    private int count;
    private boolean isCut;

    EphemeralCollection(Replica replica, int limit) {
        this.replica = replica;
        this.sessions = replica.machine().sessions().snapshot();
        this.limit = limit;
    }

    boolean step(int budget) {
        int left = budget;
        while (left > 0 && next < sessions.size() && !isCut) {
            long session = sessions.get(next++).id();
            List<String> paths = replica.machine().ephemerals(session);
            left -= 1 + paths.size();
            if (paths.size() > limit - count) {
                isCut = true;
                paths = paths.subList(0, limit - count);
            }
            count += paths.size();
            if (!paths.isEmpty()) {
                ephemerals.add(new Ephemerals(session, paths));
            }
        }
        return next < sessions.size() && !isCut;
    }

    List<Ephemerals> ephemerals() {
        return ephemerals;
    }

    boolean isCut() {
        return isCut;
    }
}
