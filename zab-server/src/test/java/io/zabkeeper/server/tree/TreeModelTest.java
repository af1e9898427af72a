package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.server.session.Session;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.reply.CountReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.MultiReply.Result;
import io.zabkeeper.wire.request.GetAllChildrenNumber;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories against {@link ModelTree}, and against the machine itself. The seed is the test's argument. */
class TreeModelTest {
    private static final int COMMANDS = 1500;
    private static final List<AuthId> SUPER = List.of(Identity.SUPER);

    static LongStream seeds() {
        return LongStream.range(1, 17);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agrees_with_the_plain_model(long seed) {
        boolean extendedTypes = seed % 2 == 0;
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(extendedTypes, "", seed));
        ModelTree model = new ModelTree(extendedTypes);

        for (int i = 1; i <= COMMANDS; i++) {
            Command command = commands.command();
            int member = commands.member();
            long stamp = 1000L * i;
            List<ErrorCode> expected = model.apply(i, stamp, member, command);

            Applied applied = machine.apply(i, stamp, member, CommandCodec.encode(command));

            assertThat(errors(applied))
                    .as("seed %d command %d: %s", seed, i, command)
                    .isEqualTo(expected);
            if (i % 20 == 0) {
                assertSame(machine, model);
            }
        }
        assertSame(machine, model);
    }

    /** Faults 19: the digest after each command, whichever it was, is the one computed anew. */
    @ParameterizedTest
    @MethodSource("seeds")
    void keeps_its_digest_in_step(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(true, "", 0));

        for (int i = 1; i <= COMMANDS; i++) {
            Command command = commands.command();
            machine.apply(i, i, commands.member(), CommandCodec.encode(command));

            assertThat(machine.digest())
                    .as("seed %d command %d: %s", seed, i, command)
                    .isEqualTo(machine.recomputedDigest());
        }
    }

    /** The seed of the hash is a member's own; nothing that members compare may depend on it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void gives_every_member_the_same_outcomes(long seed) {
        RandomCommands commands = new RandomCommands(seed);
        TreeMachine one = TreeMachine.fresh(TreeFixture.settings(true, "x", 1));
        TreeMachine other = TreeMachine.fresh(TreeFixture.settings(true, "x", -seed));

        for (int i = 1; i <= COMMANDS; i++) {
            byte[] command = CommandCodec.encode(commands.command());
            int member = commands.member();

            assertThat(other.apply(i, i, member, command)).isEqualTo(one.apply(i, i, member, command));
        }

        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.freeze().meta()).isEqualTo(one.freeze().meta());
    }

    @Test
    void every_kind_of_outcome_happens() {
        RandomCommands commands = new RandomCommands(1);
        TreeMachine machine = TreeMachine.fresh(TreeFixture.settings(true, "", 0));
        int[] count = new int[2];

        for (int i = 1; i <= 20_000; i++) {
            Applied applied = machine.apply(i, i, commands.member(), CommandCodec.encode(commands.command()));
            count[applied.error() == ErrorCode.OK ? 0 : 1]++;
        }

        assertThat(count[0]).isGreaterThan(2000);
        assertThat(count[1]).isGreaterThan(2000);
        assertThat(machine.nodeCount()).isGreaterThan(50);
    }

    private static List<ErrorCode> errors(Applied applied) {
        if (applied.reply() instanceof MultiReply multi
                && !multi.results().isEmpty()
                && multi.results().get(0) instanceof Result.Failed) {
            return multi.results().stream()
                    .map(result -> ((Result.Failed) result).error())
                    .toList();
        }
        return List.of(applied.error());
    }

    private static void assertSame(TreeMachine machine, ModelTree model) {
        assertThat(machine.nodeCount()).isEqualTo(model.nodes.size());
        long[] ephemerals = {0};
        model.nodes.forEach((path, node) -> {
            assertThat(machine.stat(path)).as(path).isEqualTo(model.stat(path));
            assertThat(machine.acl(path)).as(path).isEqualTo(node.acl());
            DataReply reply = (DataReply) Objects.requireNonNull(
                    machine.read(new GetData(path, false), SUPER).reply());
            assertThat(reply.data()).as(path).isEqualTo(node.data());
            assertThat(machine.read(new GetChildren(path, false, false), SUPER).error())
                    .isEqualTo(ErrorCode.OK);
            String below = path.equals("/") ? path : path + '/';
            long count = model.nodes.keySet().stream()
                    .filter(other -> other.startsWith(below) && !other.equals(path))
                    .count();
            assertThat(machine.read(new GetAllChildrenNumber(path), SUPER).reply())
                    .as("below %s", path)
                    .isEqualTo(new CountReply((int) count));
            if (node.session() != 0) {
                ephemerals[0]++;
                assertThat(machine.ephemerals(node.session())).contains(path);
            }
        });
        assertThat(machine.ephemeralCount()).isEqualTo(ephemerals[0]);
        assertThat(machine.sessions().size()).isEqualTo(model.sessions.size());
        model.sessions.forEach((id, live) -> assertThat(machine.sessions().get(id))
                .isEqualTo(
                        new Session(id, live.timeoutMs(), hash(live.password()), live.owner(), live.attachedZxid())));
    }

    private static Bytes hash(Bytes password) {
        return Session.hash(password);
    }
}
