package io.zabkeeper.server.admin;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.config.Endpoint;
import io.zabkeeper.server.config.Member;
import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Connection;
import io.zabkeeper.server.metrics.MemberReport.Conversation;
import io.zabkeeper.server.metrics.MemberReport.Deadline;
import io.zabkeeper.server.metrics.MemberReport.Details;
import io.zabkeeper.server.metrics.MemberReport.Digest;
import io.zabkeeper.server.metrics.MemberReport.Ephemerals;
import io.zabkeeper.server.metrics.MemberReport.Mode;
import io.zabkeeper.server.metrics.MemberReport.Watched;
import io.zabkeeper.server.metrics.Sample;
import io.zabkeeper.server.metrics.Summary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as a member could make them. */
public final class Reports {
    public static final String VERSION = "3.9.5-zab, built on 2026-11-23 12:00 UTC";

    private static final Sample FSYNCS = new Sample(
            "fsynctime",
            Sample.Kind.SUMMARY,
            11L,
            new Sample.Distribution(
                    Summary.Detail.BASIC, 3.6667, 0, 10, 3, 11, new Sample.Percentiles(1, 10, 10, 10, 10)));
    private static final Sample READS = new Sample(
            "readlatency",
            Sample.Kind.SUMMARY,
            7L,
            new Sample.Distribution(
                    Summary.Detail.ADVANCED, 2.3333, 1, 4, 3, 7, new Sample.Percentiles(2, 3, 4, 4, 4)));

    private Reports() {}

    public static Details details() {
        return new Details(
                List.of(FSYNCS, Sample.counter("proposal_count", 12), READS),
                List.of(
                        new Connection("127.0.0.1:50001", 0, 0, 1, 0, 1_700_000_004_999L, null),
                        new Connection(
                                "10.0.0.9:50002",
                                1,
                                2,
                                30,
                                28,
                                1_700_000_030_000L,
                                new Conversation(
                                        0x1000a0,
                                        "PING",
                                        1_700_000_000_000L,
                                        30_000,
                                        28,
                                        0x2_0000_000aL,
                                        123_456,
                                        1,
                                        0,
                                        2,
                                        9))),
                List.of(
                        new Deadline(0x1000a0, 30_000, 1_700_000_030_001L),
                        new Deadline(0x7, 4_000, 1_700_000_030_500L)),
                List.of(new Ephemerals(0x1000a0, List.of("/a/e", "/b"))),
                List.of(new Watched("/b", 0x1000a0), new Watched("/a", 0x1000a0), new Watched("/b", 0x7)),
                List.of(new Digest(0x1_0000_0080L, 1371985504L), new Digest(0x1_0000_0100L, -5)),
                false);
    }

    public static MemberReport follower() {
        return report(true, Mode.FOLLOWER, details());
    }

    public static MemberReport leader() {
        return report(true, Mode.LEADER, details());
    }

    public static MemberReport standalone() {
        return report(true, Mode.STANDALONE, details());
    }

    public static MemberReport notServing() {
        return report(false, Mode.FOLLOWER, Details.NONE);
    }

    public static MemberReport report(boolean isServing, Mode mode, Details details) {
        boolean isAlone = mode == Mode.STANDALONE;
        boolean isLeader = mode == Mode.LEADER;
        MemberReport.@Nullable Leadership leadership =
                isLeader ? new MemberReport.Leadership(3, 2, 1, 0, 60_000, 48, -1, 512) : null;
        return new MemberReport(
                VERSION,
                new MemberReport.Standing(
                        isServing,
                        mode,
                        isAlone ? "" : isLeader ? "leading - broadcast" : "following - broadcast",
                        isAlone ? "" : "broadcast",
                        0x2_0000_000aL,
                        isAlone ? 0 : 1,
                        !isAlone,
                        7_000,
                        isAlone ? 0 : 3,
                        0x1_0000_0000L),
                new MemberReport.Traffic(0, 1.25, 17, 100, 101, 3, 2, 0, 89, 16, 93),
                new MemberReport.Tree(5, 1, 8, 27, 4, 0, new MemberReport.Watchers(2, 2, 3)),
                leadership,
                new MemberReport.Directories(1_000, 2_000, 0x2_0000_0005L, 1_700_000_000L, 1),
                details);
    }

    /** Member 2 of these, or a standalone one. */
    public static ServerConfig config(String word, List<Member> members) {
        Endpoint client = new Endpoint("0.0.0.0", 2181);
        Endpoint peer = members.isEmpty() ? null : new Endpoint("two", 2888);
        return new ServerConfig(
                new ServerConfig.Listeners(client, peer, -1, 0, false, false),
                new ServerConfig.Ensemble(new NodeId(2), members, "zab"),
                new ServerConfig.Timing(2000, 10, 5, 4000, 40_000, 100, 1500, 200),
                new ServerConfig.Storage(Path.of("/data"), Path.of("/log"), 1 << 26, 60_000, 1 << 28),
                ServerConfig.Agreed.DEFAULT,
                new ServerConfig.Limits(60, 0, 1000, 0xfffff, 1 << 26, 1 << 26, -1, 100 << 20),
                new ServerConfig.Throttling(0, 100, true, false, true, 0),
                new ServerConfig.Handshakes(0, 1, 1, -1, 0.02, 0.002, 0, false, 3, 2, 1),
                new ServerConfig.Sessions(5000, false, false, false),
                new ServerConfig.Containers(60_000, 10_000, 0),
                new ServerConfig.Security(null, "SHA-1", List.of(), false),
                new ServerConfig.Admin(
                        List.of(word), new ServerConfig.Http(false, "127.0.0.1", 8080, "/commands", 30_000)),
                new ServerConfig.Metrics(false, "0.0.0.0", 7000, true),
                List.of());
    }
}
