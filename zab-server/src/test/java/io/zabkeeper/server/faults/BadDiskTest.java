package io.zabkeeper.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.ApacheSession;
import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A disk that lost or damaged something: the member says so, has no vote, is brought up to date by its peers, and nothing
 * that was acknowledged is lost (storage.md, section 4).
 *
 * <p>Tests that damage one member share an ensemble as long as it has followers that are as they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDiskTest {
    private static final int NODES = 400;
    private static final Duration BACK = Duration.ofSeconds(60);

    /** Of the ensemble: followers whose disks nobody has touched. Each one is damaged once. */
    private final Deque<MemberProcess> untouched = new ArrayDeque<>();

    private @Nullable TestEnsemble ensemble;
    private @Nullable MemberProcess victim;
    private long readmittedBefore;

    /** The ensemble if all of it is well, or else a new one. */
    private TestEnsemble ensemble() throws Exception {
        TestEnsemble well = ensemble;
        if (well == null) {
            well = TestEnsemble.started(3, "zab.checkpointMs=200", "zab.segmentBytes=1048576");
            ensemble = well;
            write("/before");
            untouched.addAll(well.followers());
        }
        return well;
    }

    /** Of an ensemble that is well, a follower whose disk is as it was written. */
    private MemberProcess follower() throws Exception {
        untouched.removeIf(member -> !"follower".equals(member.mode()));
        if (untouched.isEmpty()) {
            stop();
        }
        ensemble();
        MemberProcess member = untouched.remove();
        readmittedBefore = readmissions(member);
        victim = member;
        return member;
    }

    /** How often somebody said that this member may vote again. */
    private long readmissions(MemberProcess member) throws Exception {
        String said = "member may vote again member=" + (ensemble().members().indexOf(member) + 1);
        long count = 0;
        for (MemberProcess other : ensemble().members()) {
            count += other.log().lines().filter(line -> line.endsWith(said)).count();
        }
        return count;
    }

    /** The next one may kill another follower only when this one has its vote back: without it there is no quorum. */
    @AfterEach
    void heal() throws Exception {
        MemberProcess member = victim;
        victim = null;
        if (member == null) {
            return;
        }
        boolean isWell = false;
        try {
            if (!member.logOfThisLife().contains("standing=VOTER")) {
                Eventually.holds("it may vote again", BACK, () -> readmissions(member) > readmittedBefore);
            }
            ensemble().awaitServing();
            isWell = true;
        } finally {
            if (!isWell) {
                stop();
            }
        }
    }

    @AfterAll
    void stop() {
        TestEnsemble running = ensemble;
        ensemble = null;
        untouched.clear();
        if (running != null) {
            running.close();
        }
    }

    private void write(String root) throws Exception {
        try (ApacheSession session = ApacheSession.connect(ensemble().connectString())) {
            session.zk().create(root, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            for (int i = 0; i < NODES; i++) {
                session.zk().create(root + "/" + i, new byte[100], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        }
    }

    private static void assertHolds(MemberProcess member, String... roots) throws Exception {
        try (ApacheSession session = ApacheSession.connect(member.address())) {
            for (String root : roots) {
                Eventually.holds(root + " is complete at " + member.address(), BACK, () -> {
                    session.zk().sync("/", (rc, path, context) -> {}, null);
                    Stat stat = session.zk().exists(root, false);
                    return stat != null && stat.getNumChildren() == NODES;
                });
            }
        }
    }

    private static void flip(Path file, long position) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            int old = bytes.read();
            bytes.seek(position);
            bytes.write(old ^ 0x10);
        }
    }

    private static Path only(Path directory, String glob) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(glob))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("no " + glob + " in " + directory));
        }
    }

    private static void wipe(MemberProcess member) throws IOException {
        try (Stream<Path> files = Files.walk(member.data())) {
            List<Path> all = files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(member.data()) && !file.endsWith("myid"))
                    .toList();
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    private static void delete(MemberProcess member, Predicate<Path> lost) throws IOException {
        try (Stream<Path> files = Files.walk(member.data())) {
            List<Path> gone = files.filter(Files::isRegularFile).filter(lost).toList();
            assertThat(gone).isNotEmpty();
            for (Path file : gone) {
                Files.delete(file);
            }
        }
    }

    /** Each member's znodes have the same stat, to the last field. */
    private void assertSameState() throws Exception {
        List<String> states = new ArrayList<>();
        for (MemberProcess member : ensemble().members()) {
            try (ApacheSession session = ApacheSession.connect(member.address())) {
                // A member that gets its vote back looks for its leader once more, and its clients come again.
                states.add(Eventually.get("the state of " + member.address(), BACK, () -> {
                    Stat root = session.zk().exists("/before", false);
                    Stat last = session.zk().exists("/before/" + (NODES - 1), false);
                    return root + " " + last;
                }));
            }
        }
        assertThat(states).allMatch(state -> state.equals(states.get(0)));
    }

    /** D20. */
    @Test
    void a_member_whose_directory_was_emptied_is_brought_up_to_date_and_may_vote_again() throws Exception {
        MemberProcess member = follower();
        member.kill();
        wipe(member);

        member.start();

        ensemble().awaitServing(member);
        assertHolds(member, "/before");
        Eventually.holds("it is re-admitted", BACK, () -> readmissions(member) > readmittedBefore);
    }

    /** ZK-261, D9: the wiped one and the stale one are two of three, and must not make a quorum. */
    @Test
    void a_wiped_member_and_a_stale_one_elect_nobody() throws Exception {
        TestEnsemble all = ensemble();
        untouched.clear();
        MemberProcess stale = all.followers().get(0);
        stale.kill();
        write("/after");
        List<MemberProcess> holders =
                all.members().stream().filter(member -> member != stale).toList();
        holders.forEach(MemberProcess::kill);
        wipe(holders.get(0));

        stale.start();
        holders.get(0).start();
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        Eventually.holds("time passes", Duration.ofSeconds(20), () -> {
            assertThat(stale.mode()).isNull();
            assertThat(holders.get(0).mode()).isNull();
            return System.nanoTime() > end;
        });
        holders.get(1).start();

        all.awaitServing();
        assertHolds(stale, "/before", "/after");
        assertHolds(holders.get(0), "/before", "/after");
    }

    /** D14. */
    @Test
    void a_flipped_byte_in_the_checkpoint_is_noticed_and_repaired() throws Exception {
        MemberProcess member = follower();
        Eventually.holds("a checkpoint", BACK, () -> Files.exists(member.data().resolve("checkpoint/CURRENT")));
        member.kill();
        Path data = only(member.data().resolve("checkpoint"), "data\\.mdb");
        for (long page = 2; page < Files.size(data) / 4096; page++) {
            flip(data, page * 4096 + 4_000); // Records fill a page from its end.
        }

        member.start();

        ensemble().awaitServing(member);
        assertThat(member.logOfThisLife()).contains("checkpoint damaged");
        assertHolds(member, "/before");
    }

    /**
     * ZK-2325: with the checkpoint gone, what is left of the log begins in the middle. It must not be replayed on an empty
     * tree; ZK-3231: nor may anything be removed that the only good state depends on.
     */
    @Test
    void a_log_without_the_checkpoint_that_it_continues_is_not_replayed() throws Exception {
        MemberProcess member = follower();
        Eventually.holds("a checkpoint", BACK, () -> Files.exists(member.data().resolve("checkpoint/CURRENT")));
        member.kill();
        Path oldest = only(member.data(), "0+1\\.seg"); // As if it had been purged behind the checkpoint.
        delete(
                member,
                path -> path.equals(oldest) || path.startsWith(member.data().resolve("checkpoint")));

        member.start();

        ensemble().awaitServing(member);
        assertThat(member.logOfThisLife()).contains("standing=AMNESIAC");
        assertHolds(member, "/before");
        assertSameState();
    }

    /** ZK-582: the epochs of a checkpoint that is newer than the log count, so does its position. */
    @Test
    void a_checkpoint_without_the_log_behind_it_costs_the_vote_and_nothing_else() throws Exception {
        MemberProcess member = follower();
        Eventually.holds("a checkpoint", BACK, () -> Files.exists(member.data().resolve("checkpoint/CURRENT")));
        member.kill();
        delete(member, path -> path.getFileName().toString().endsWith(".seg"));

        member.start();

        ensemble().awaitServing(member);
        assertThat(member.logOfThisLife()).contains("standing=AMNESIAC");
        assertHolds(member, "/before");
        assertSameState();
    }

    /** D13: bytes that were acknowledged are never cut away. */
    @Test
    void a_flipped_byte_in_the_log_is_noticed_and_repaired() throws Exception {
        MemberProcess member = follower();
        member.kill();
        Path segment = only(member.data(), "0+1\\.seg");
        flip(segment, 4096 + 60);

        member.start();

        ensemble().awaitServing(member);
        assertThat(member.logOfThisLife()).contains("log damaged");
        assertHolds(member, "/before");
    }

    /** D19. */
    @Test
    void a_lost_identity_costs_the_vote_until_it_is_given_back() throws Exception {
        MemberProcess member = follower();
        member.kill();
        Path identity = member.data().resolve("identity");
        flip(identity, 20);
        flip(identity, 4096 + 20);

        member.start();

        ensemble().awaitServing(member);
        assertThat(member.logOfThisLife()).contains("standing=AMNESIAC");
        assertHolds(member, "/before");
    }
}
