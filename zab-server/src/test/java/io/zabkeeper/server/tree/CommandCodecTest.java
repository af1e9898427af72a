package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.Extensions;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.codec.MalformedFrameException;
import io.zabkeeper.wire.codec.RequestCodec;
import io.zabkeeper.wire.request.Check;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.Delete;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import io.zabkeeper.wire.request.SetAcl;
import io.zabkeeper.wire.request.SetData;
import io.zabkeeper.wire.request.Unknown;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandCodecTest {
    private static final List<AuthId> IDENTITY =
            List.of(new AuthId("ip", "10.0.0.1"), new AuthId("digest", "größe:hash"));

    @Test
    void brings_every_command_back() {
        for (Command command : List.of(
                write(TreeFixture.createRequest("/a", CreateMode.EPHEMERAL)),
                write(new Delete("/a", 3)),
                write(new SetData("/a", null, -1)),
                write(new SetAcl("/a", Acl.OPEN_UNSAFE, 0)),
                write(new Multi(List.of(new Check("/a", 1), new Delete("/b", 2)))),
                new Command.ClientWrite(1, List.of(), new Delete("/a", 3)),
                new Command.LocalWrite(write(new Delete("/a", 3))),
                new Command.OpenSession(7, 4000, Bytes.ofUtf8("secret")),
                new Command.OpenSession(-7, 0, Bytes.EMPTY),
                new Command.AttachSession(7, 4000, Bytes.ofUtf8("secret")),
                new Command.CloseSession(Long.MIN_VALUE),
                new Command.ExpireSession(-3, 1L << 40),
                new Command.ReapZnode(5, 300_000))) {
            assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
        }
    }

    @Test
    void takes_the_body_of_a_frame_as_it_is_and_leaves_the_frame_alone() {
        ByteBuf frame = Unpooled.buffer().writeLong(0);
        RequestCodec.encodeBody(new Delete("/a", 3), frame);
        frame.writeInt(99); // Newer clients may send more.
        frame.skipBytes(8);
        int readable = frame.readableBytes();

        byte[] command = CommandCodec.encodeWrite(7, IDENTITY, Extensions.NONE, OpCode.DELETE.code(), frame);

        assertThat(CommandCodec.decode(command)).isEqualTo(write(new Delete("/a", 3)));
        assertThat(frame.readableBytes()).isEqualTo(readable);
    }

    /** CVE-2026-79993: whatever a client writes into its frame, it stays a client's write. */
    @Test
    void makes_no_internal_command_of_what_a_client_sends() {
        byte[] internal = CommandCodec.encode(new Command.CloseSession(7));
        for (OpCode op : OpCode.values()) {
            byte[] command =
                    CommandCodec.encodeWrite(8, IDENTITY, Extensions.ALL, op.code(), Unpooled.wrappedBuffer(internal));
            try {
                assertThat(CommandCodec.decode(command)).isInstanceOf(Command.ClientWrite.class);
            } catch (MalformedFrameException e) {
                assertThat(op).isNotEqualTo(OpCode.DELETE_CONTAINER);
            }
        }
        assertThat(CommandCodec.decode(CommandCodec.encodeWrite(
                        8, IDENTITY, Extensions.NONE, OpCode.DELETE_CONTAINER.code(), Unpooled.EMPTY_BUFFER)))
                .isEqualTo(new Command.ClientWrite(8, IDENTITY, new Unknown(OpCode.DELETE_CONTAINER.code())));
    }

    @Test
    void refuses_every_shortened_command() {
        for (Command command : List.of(
                write(new Delete("/a", 3)),
                new Command.LocalWrite(write(new Delete("/a", 3))),
                new Command.OpenSession(7, 4000, Bytes.ofUtf8("secret")),
                new Command.ReapZnode(5, 0))) {
            byte[] bytes = CommandCodec.encode(command);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> CommandCodec.decode(cut)).isInstanceOf(MalformedFrameException.class);
            }
        }
    }

    /** A connection without extensions cannot get one by way of a multi. */
    @Test
    void keeps_what_a_connection_may_use_with_its_write() {
        Request multi = new Multi(List.of(new CheckNotExists("/a", -1)));
        Command extended = new Command.ClientWrite(7, IDENTITY, Extensions.ALL, multi);
        Command plain = new Command.ClientWrite(7, IDENTITY, Extensions.NONE, multi);

        assertThat(CommandCodec.decode(CommandCodec.encode(extended))).isEqualTo(extended);
        assertThatThrownBy(() -> CommandCodec.decode(CommandCodec.encode(plain)))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void refuses_other_formats_and_kinds() {
        byte[] format = CommandCodec.encode(new Command.CloseSession(7));
        format[0] = 2;
        byte[] kind = CommandCodec.encode(new Command.CloseSession(7));
        kind[1] = 9;

        assertThatThrownBy(() -> CommandCodec.decode(format)).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> CommandCodec.decode(kind)).isInstanceOf(MalformedFrameException.class);
    }

    private static Command.ClientWrite write(Request request) {
        return new Command.ClientWrite(7, IDENTITY, request);
    }
}
