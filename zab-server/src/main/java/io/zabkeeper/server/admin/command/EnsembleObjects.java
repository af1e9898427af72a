package io.zabkeeper.server.admin.command;

import io.zabkeeper.consensus.Zxid;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Leadership;
import io.zabkeeper.server.metrics.MemberReport.Mode;
import io.zabkeeper.server.metrics.MemberReport.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects about the ensemble and this member's part in it. */
final class EnsembleObjects {
    private final ServerConfig.Ensemble ensemble;

    EnsembleObjects(ServerConfig.Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    void leader(Map<String, @Nullable Object> object, MemberReport report) {
        Member leader = member(report.standing().leader());
        if (ensemble.isStandalone() || leader == null) {
            object.put("error", "server is not initialized");
            return;
        }
        object.put("is_leader", report.standing().mode() == Mode.LEADER);
        object.put("leader_id", leader.id().value());
        object.put("leader_ip", leader.peer().host());
    }

    void observers(Map<String, @Nullable Object> object, MemberReport report) {
        Leadership leadership = report.leadership();
        object.put("synced_observers", leadership == null ? 0 : leadership.syncedObservers());
        object.put("observers", List.of());
    }

    /** Every voter by its number; empty on a standalone member. */
    Map<String, Object> voters() {
        Map<String, Object> voters = new LinkedHashMap<>();
        if (ensemble.isStandalone()) {
            return voters;
        }
        for (Member member : ensemble.members()) {
            if (!member.isObserver()) {
                Map<String, Object> voter = new LinkedHashMap<>();
                voter.put("server_addresses", List.of(peer(member)));
                voter.put("election_addresses", List.of(election(member)));
                voter.put("client_address", client(member));
                voter.put("learner_type", "participant");
                voters.put(Integer.toString(member.id().value()), voter);
            }
        }
        return voters;
    }

    void zabState(Map<String, @Nullable Object> object, MemberReport report) {
        Standing standing = report.standing();
        Member self = member(ensemble.self().value());
        if (!ensemble.isStandalone() && self != null) {
            object.put("myid", self.id().value());
            object.put("is_leader", standing.mode() == Mode.LEADER);
            object.put(
                    "quorum_address",
                    addresses(peer(self), self.peer().host(), self.peer().port()));
            object.put("election_address", addresses(election(self), self.peer().host(), self.electionPort()));
            object.put("client_address", client(self));
        }
        object.put("voting", standing.isVoting());
        if (!ensemble.isStandalone() && self != null) {
            object.put("last_zxid", "0x" + Long.toHexString(standing.zxid()));
            object.put("zab_epoch", Zxid.epoch(standing.zxid()));
            object.put("zab_counter", Zxid.counter(standing.zxid()));
        }
        object.put("zabstate", standing.phase());
    }

    /** One address in all the forms that the reference has for several. */
    private static Map<String, Object> addresses(String address, String host, int port) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("empty", false);
        object.put("all_addresses", List.of(address));
        object.put("wildcard_addresses", List.of("0.0.0.0:" + port));
        object.put("all_ports", List.of(port));
        object.put("all_host_strings", List.of(host));
        object.put("reachable_address", address);
        object.put("all_reachable_addresses", List.of(address));
        object.put("all_reachable_addresses_or_all", List.of(address));
        object.put("reachable_or_one", address);
        object.put("one", address);
        return object;
    }

    private @Nullable Member member(int id) {
        return ensemble.members().stream()
                .filter(member -> member.id().value() == id)
                .findFirst()
                .orElse(null);
    }

    private static String peer(Member member) {
        return member.peer().host() + ":" + member.peer().port();
    }

    private static String election(Member member) {
        return member.peer().host() + ":" + member.electionPort();
    }

    private static String client(Member member) {
        Endpoint client = member.client();
        return client == null ? "" : client.host() + ":" + client.port();
    }
}
