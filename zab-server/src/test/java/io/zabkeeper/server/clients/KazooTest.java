package io.zabkeeper.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.ensemble.Eventually;
import io.zabkeeper.server.ensemble.MemberProcess;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** kazoo's lock from Python while the leader dies. Needs Debian's {@code python3-kazoo}. */
class KazooTest {
    private static final Pattern RESULT =
            Pattern.compile("acquired (\\d+) overlaps (\\d+) failures (\\d+).*", Pattern.DOTALL);

    @Test
    void a_lock_excludes_though_the_leader_is_killed_in_the_middle() throws Exception {
        List<String> command = new ArrayList<>(Installed.kazoo("kazoo_lock.py"));
        try (TestEnsemble ensemble = TestEnsemble.started(3)) {
            command.addAll(List.of(ensemble.connectString(), "4", "12"));
            Process kazoo =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Eventually.holds("kazoo has begun", Duration.ofSeconds(30), () -> locked(ensemble));

            MemberProcess leader = ensemble.leader();
            leader.kill();

            String output = new String(kazoo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kazoo.waitFor(60, TimeUnit.SECONDS)).isTrue();
            Matcher result = RESULT.matcher(output);
            assertThat(result.find()).as(output).isTrue();
            assertThat(Integer.parseInt(result.group(1))).as(output).isGreaterThan(50);
            assertThat(Integer.parseInt(result.group(2))).as(output).isZero();
        }
    }

    private static boolean locked(TestEnsemble ensemble) throws IOException {
        for (String line : ensemble.member(1).ask("mntr").split("\n", -1)) {
            if (line.startsWith("zk_ephemerals_count\t")) {
                return !line.endsWith("\t0");
            }
        }
        return false;
    }
}
