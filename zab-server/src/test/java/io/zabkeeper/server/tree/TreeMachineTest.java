package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Reconfig;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeMachineTest {
    private final TreeFixture tree = new TreeFixture();

    @Test
    void has_an_outcome_for_no_bytes_at_all() {
        Applied applied = tree.order(new byte[0]);

        assertThat(applied).isEqualTo(new Applied(ErrorCode.MARSHALLING_ERROR, null, List.of(), null));
        assertThat(tree.machine.lastZxid()).isEqualTo(tree.zxid());
    }

    /** Faults 24: whatever is ordered, there is an outcome, and the machine goes on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void has_an_outcome_for_any_bytes(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomCommands commands = new RandomCommands(seed);
        tree.open(1);
        tree.open(2);

        for (int i = 0; i < 10_000; i++) {
            byte[] command = CommandCodec.encode(commands.command());
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                command[random.nextInt(command.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(8) == 0) {
                command = Arrays.copyOf(command, random.nextInt(command.length + 8));
            }
            tree.order(command);
        }

        assertThat(tree.machine.lastZxid()).isEqualTo(tree.zxid());
        assertThat(tree.machine.digest()).as("seed %d", seed).isEqualTo(tree.machine.recomputedDigest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void has_an_outcome_for_any_body_of_any_operation(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

        for (int i = 0; i < 5_000; i++) {
            byte[] body = new byte[random.nextInt(60)];
            for (int at = 0; at < body.length; at++) {
                body[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(2));
            }
            int code = random.nextInt(3) == 0 ? random.nextInt(499, 508) : random.nextInt(-12, 109);
            tree.order(CommandCodec.encodeWrite(
                    TreeFixture.SESSION, TreeFixture.SOMEBODY, Extensions.ALL, code, Unpooled.wrappedBuffer(body)));
        }

        assertThat(tree.machine.digest()).as("seed %d", seed).isEqualTo(tree.machine.recomputedDigest());
    }

    /** §2.1: what a client must not order, or what is no write, is refused by whoever applies it. */
    @Test
    void does_not_carry_out_what_is_no_write_of_a_client() {
        for (OpCode op : List.of(
                OpCode.CHECK,
                OpCode.CHECK_NOT_EXISTS,
                OpCode.DELETE_CONTAINER,
                OpCode.CREATE_SESSION,
                OpCode.CLOSE_SESSION,
                OpCode.PING,
                OpCode.ERROR)) {
            byte[] path = {0, 0, 0, 1, '/', 0, 0, 0, 0};
            byte[] command = CommandCodec.encodeWrite(
                    TreeFixture.SESSION, TreeFixture.SOMEBODY, Extensions.ALL, op.code(), Unpooled.wrappedBuffer(path));

            assertThat(tree.order(command).error()).as("%s", op).isEqualTo(ErrorCode.UNIMPLEMENTED);
        }
    }

    /** §10.5: the first check of all, before who asks and for what. */
    @Test
    void does_not_change_its_members() {
        assertThat(tree.write(new Reconfig(null, "1", null, -1)).error()).isEqualTo(ErrorCode.RECONFIG_DISABLED);
        assertThat(tree.write(new Reconfig("nonsense", null, "", 7)).error()).isEqualTo(ErrorCode.RECONFIG_DISABLED);
    }

    /** applied once and in order. */
    @Test
    void refuses_to_apply_a_position_twice() {
        byte[] command = CommandCodec.encode(new Command.CloseSession(7));

        assertThatThrownBy(() -> tree.machine.apply(tree.zxid(), 0, 1, command))
                .isInstanceOf(Invariant.Violation.class);
    }

    /** Q3: one executor for each write, found by its name. */
    @Test
    void has_an_executor_for_each_write() throws ReflectiveOperationException {
        for (String write : List.of(
                "Create",
                "Delete",
                "SetData",
                "SetAcl",
                "Check",
                "Multi",
                "Reconfig",
                "CheckNotExists",
                "RemoveRecursive")) {
            Class<?> request = Class.forName("io.zabkeeper.wire.request." + write);
            Class<?> executor = Class.forName("io.zabkeeper.server.tree." + write + "Op");
            Method execute = executor.getDeclaredMethod("execute", Write.class, request);
            assertThat(execute.getReturnType()).isEqualTo(Outcome.class);
        }
    }

    @Test
    void counts_what_operators_ask_for() {
        tree.create("/a");
        tree.create("/e", CreateMode.EPHEMERAL);

        assertThat(tree.machine.nodeCount()).isEqualTo(6);
        assertThat(tree.machine.ephemeralCount()).isEqualTo(1);
        assertThat(tree.machine.dataSizeBytes()).isEqualTo("zookeeper".length() + "quota".length() + 6 + 2 + 8);
        assertThat(tree.machine.aclCount()).isEqualTo(2);
    }

    @Test
    void looks_without_being_asked_who_wants_to_know() {
        tree.create("/none", List.of(new Acl(0, AuthId.ANYONE)));

        assertThat(tree.read(new GetData("/none", false)).error()).isEqualTo(ErrorCode.NOAUTH);
        assertThat(tree.machine.stat("/none")).isNotNull();
        assertThat(tree.machine.acl("/none")).hasSize(1);
        assertThat(tree.machine.stat("/missing")).isNull();
        assertThat(tree.machine.acl("/missing")).isNull();
    }
}
