package io.zabkeeper.server.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.zabkeeper.consensus.Message;
import io.zabkeeper.consensus.driver.PeerLinks;
import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.loop.Transport;
import io.zabkeeper.server.loop.Turn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All links of one member. Of each pair the member with the larger id dials, so there is one connection and never a race
 * between two (F-16); a peer that cannot be reached is dialled again and holds nobody up.
 *
 * <p>Everything here happens on the replica loop, except that names are looked up on a thread of their own.
 */
public final class PeerMesh implements PeerLinks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerMesh.class);

    private static final int FIRST_RETRY_MS = 20;
    private static final int LAST_RETRY_MS = 500;
    private static final int DIAL_TIMEOUT_MS = 1_000;

    /** A link that stood for so long was a good one. */
    private static final int LASTING_MS = 1_000;

    /** What waits for a slow peer before its link is dropped; it comes back and is synchronized by DIFF (N22). */
    private static final WriteBufferWaterMark QUEUE_LIMIT =
            new WriteBufferWaterMark(64 * 1024 * 1024, 128 * 1024 * 1024);

    /** Where a member listens for its peers. */
    public record Address(String host, int port) {}

    /** What the mesh tells the member; always on the replica loop. */
    public interface Inbound {
        void linkUp(NodeId peer, long generation);

        void linkDown(NodeId peer, long generation);

        void message(NodeId from, long generation, Message message);

        /** A peer opened a bulk connection to push a snapshot; the handler takes the channel over. */
        void bulk(NodeId from, Channel channel);
    }

    private final EventLoop loop;
    private final Transport transport;
    private final Turn turn;
    private final Introduction self;
    private final Map<NodeId, Address> members;
    private final boolean keepAlive;
    private final Inbound inbound;
    private final ExecutorService names = Executors.newSingleThreadExecutor(task -> daemon(task, "peer-names"));

    private final Map<NodeId, PeerLink> links = new TreeMap<>();
    private final Map<NodeId, Integer> retryMs = new TreeMap<>();
    /** Peers to which a connection, or the next try, is under way. */
    private final Set<NodeId> dialling = new TreeSet<>();

    private @Nullable Channel listener;
    private long generations;
    private boolean closed;

    /**
     * A mesh without a link.
     *
     * @param members every member, this one included
     * @param keepAlive whether the system probes links that are silent
     */
    public PeerMesh(
            EventLoop loop,
            Transport transport,
            Turn turn,
            Introduction self,
            Map<NodeId, Address> members,
            boolean keepAlive,
            Inbound inbound) {
        this.loop = loop;
        this.transport = transport;
        this.turn = turn;
        this.self = self;
        this.members = new TreeMap<>(members);
        this.keepAlive = keepAlive;
        this.inbound = inbound;
    }

    /** Listens, and dials every peer with a smaller id. The future fails when the port is in use. */
    public ChannelFuture start(@Nullable String bindHost, int port) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, keepAlive)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE_LIMIT)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        new PeerLink(PeerMesh.this, null, channel).install();
                    }
                });
        ChannelFuture bound =
                bootstrap.bind(bindHost == null ? new InetSocketAddress(port) : new InetSocketAddress(bindHost, port));
        listener = bound.channel();
        bound.addListener(done -> {
            if (done.isSuccess()) {
                members.keySet().stream().filter(this::isDialledByUs).forEach(this::dial);
            }
        });
        return bound;
    }

    @Override
    public void send(NodeId to, Message message) {
        PeerLink link = links.get(to);
        if (link != null) {
            link.send(message);
        }
    }

    @Override
    public void reset(NodeId peer, String reason) {
        PeerLink link = links.get(peer);
        if (link != null) {
            link.close(reason);
        }
    }

    /** Opens a connection for bulk transfer to a peer; the future's channel has introduced itself when it completes. */
    public void dialBulk(NodeId peer, BiConsumer<@Nullable Channel, @Nullable Throwable> ready) {
        connect(peer, true, ready);
    }

    @Override
    public void close() {
        closed = true;
        names.shutdownNow();
        if (listener != null) {
            listener.close();
        }
        new TreeMap<>(links).values().forEach(link -> link.close("shutting down"));
    }

    Introduction self() {
        return self;
    }

    Turn turn() {
        return turn;
    }

    Inbound inbound() {
        return inbound;
    }

    boolean isMember(NodeId id) {
        return members.containsKey(id) && !id.equals(self.node());
    }

    /** The link that counts for a peer, if there is one. */
    @Nullable
    PeerLink present(NodeId peer) {
        return links.get(peer);
    }

    /** A handshake is complete. Returns the generation of the new link. */
    long established(NodeId peer, PeerLink link) {
        PeerLink old = links.get(peer);
        if (old != null) {
            old.close("replaced by a newer connection");
        }
        links.put(peer, link);
        dialling.remove(peer);
        loop.schedule(() -> forgive(peer, link), LASTING_MS, TimeUnit.MILLISECONDS);
        return ++generations;
    }

    /** A link that lasts has earned that the next one is tried at once. */
    private void forgive(NodeId peer, PeerLink link) {
        if (links.get(peer) == link) {
            retryMs.remove(peer);
        }
    }

    /** A link, or an attempt at one, is over. */
    void ended(NodeId peer, PeerLink link) {
        boolean counted = links.remove(peer, link);
        if (isDialledByUs(peer) && (counted || dialling.remove(peer))) {
            redial(peer);
        }
    }

    private boolean isDialledByUs(NodeId peer) {
        return peer.compareTo(self.node()) < 0;
    }

    private void dial(NodeId peer) {
        if (closed || links.containsKey(peer) || !dialling.add(peer)) {
            return;
        }
        connect(peer, false, (channel, failure) -> {
            if (channel == null && dialling.remove(peer)) {
                redial(peer);
            }
        });
    }

    private void redial(NodeId peer) {
        if (closed) {
            return;
        }
        int delay = retryMs.merge(peer, FIRST_RETRY_MS, (before, first) -> Math.min(LAST_RETRY_MS, before * 2));
        loop.schedule(() -> dial(peer), delay, TimeUnit.MILLISECONDS);
    }

    private void connect(NodeId peer, boolean bulk, BiConsumer<@Nullable Channel, @Nullable Throwable> ready) {
        Address address = members.get(peer);
        if (address == null) {
            ready.accept(null, new UnknownHostException("no member " + peer));
            return;
        }
        names.execute(() -> {
            InetAddress host;
            try {
                host = InetAddress.getByName(address.host()); // Afresh each time: names move (N19).
            } catch (UnknownHostException unknown) {
                loop.execute(() -> {
                    LOG.warn("peer does not resolve peer={} host={}", peer, address.host());
                    ready.accept(null, unknown);
                });
                return;
            }
            loop.execute(() -> open(peer, new InetSocketAddress(host, address.port()), bulk, ready));
        });
    }

    private void open(
            NodeId peer,
            InetSocketAddress address,
            boolean bulk,
            BiConsumer<@Nullable Channel, @Nullable Throwable> ready) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, keepAlive)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_TIMEOUT_MS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (!bulk) {
                            channel.config().setWriteBufferWaterMark(QUEUE_LIMIT);
                            new PeerLink(PeerMesh.this, peer, channel).install();
                        }
                    }
                });
        bootstrap.connect(address).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                ready.accept(null, connected.cause());
                return;
            }
            if (bulk) {
                Channel channel = connected.channel();
                channel.writeAndFlush(PeerFrames.seal(self.hello(true, ""), channel.alloc()));
            }
            ready.accept(connected.channel(), null);
        });
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
