package io.zabkeeper.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.consensus.zab.ZabMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** N18, M8: what is no frame ends the connection and touches nothing else. */
class PeerLinkTest {
    private static final byte[] HELLO = PeerTargets.sealed(PeerTargets.hello(2, 22, false));
    private static final byte[] PING =
            PeerTargets.sealed(PeerCodec.encode(new ZabMessage.Ping(1, 2, 3, 4)).toByteArray());
    private static final byte[] DAMAGED = {0, 0, 0, 0, 1, 0, 0, 0};

    private final EmbeddedMesh mesh = new EmbeddedMesh();
    private final EmbeddedMesh.Link peer = mesh.connect();

    @AfterEach
    void close() {
        peer.close();
        mesh.close();
        assertThat(mesh.unreleasedBuffers()).isZero();
        assertThat(mesh.linksUp()).isZero();
    }

    @Test
    void messages_follow_an_introduction() {
        peer.send(PeerTargets.together(HELLO, PING, PING));

        assertThat(mesh.generations()).isEqualTo(1);
        assertThat(mesh.messages()).isEqualTo(2);
    }

    /** One read can bring more than one frame: the link went up on a connection that was being closed. */
    @Test
    void nothing_behind_a_damaged_frame_is_looked_at() {
        peer.send(PeerTargets.together(DAMAGED, HELLO, PING));

        assertThat(peer.isOpen()).isFalse();
        assertThat(mesh.generations()).isZero();
        assertThat(mesh.messages()).isZero();
    }

    @Test
    void a_link_that_is_up_ends_with_a_damaged_frame_and_does_not_begin_again() {
        peer.send(PeerTargets.together(HELLO, PING, DAMAGED, HELLO, PING));

        assertThat(peer.isOpen()).isFalse();
        assertThat(mesh.generations()).isEqualTo(1);
        assertThat(mesh.messages()).isEqualTo(1);
    }

    /** Who was refused had a second try in the same read. */
    @Test
    void a_stranger_that_was_refused_is_not_asked_again() {
        peer.send(PeerTargets.together(PeerTargets.sealed(PeerTargets.hello(9, 99, false)), HELLO, PING));

        assertThat(peer.isOpen()).isFalse();
        assertThat(mesh.generations()).isZero();
    }
}
