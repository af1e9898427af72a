package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.EventType;
import io.zabkeeper.wire.KeeperState;
import io.zabkeeper.wire.WatchEvent;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code zab watch}: prints what happens to a znode and to the list of its children.
 *
 * <p>A watch tells of one change; it is set again after each. Changes between an event and the new watch are seen as one.
 */
@Command(
        name = "watch",
        description = "Print what happens to a znode and its list of children, until Ctrl-C."
                + " The znode need not exist. Changes in quick succession may show as one.")
final class WatchCommand extends SessionCommand {
    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many events.")
    private int count = Integer.MAX_VALUE;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--count is 1 or more, not " + count);
        }
        Runnable telling = session.onConnectionChange(change -> screen().note(screen().onErr(Style.WARNING, change)));
        try {
            follow(new Watches(session));
        } finally {
            telling.run();
        }
    }

    private void follow(Watches watches) throws InterruptedException {
        watches.renew();
        screen().note(screen().onErr(Style.FAINT, "watching " + ZnodeData.onOneLine(path) + ", Ctrl-C ends it"));
        for (int seen = 0; seen < count; ) {
            Told told = watches.told.take();
            if (watches.isNews(told)) {
                print(told.event());
                seen++;
            }
            if (seen < count) {
                watches.renew();
            }
        }
    }

    private void print(WatchEvent event) {
        String type = name(event.type());
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("type", type);
            object.put("path", event.path());
            screen().result(Json.of(object));
        } else {
            screen().result(screen().onOut(Style.STRONG, type) + " " + ZnodeData.onOneLine(event.path()));
        }
    }

    /** ZooKeeper's spelling. */
    private static String name(EventType type) {
        return switch (type) {
            case NODE_CREATED -> "NodeCreated";
            case NODE_DELETED -> "NodeDeleted";
            case NODE_DATA_CHANGED -> "NodeDataChanged";
            case NODE_CHILDREN_CHANGED -> "NodeChildrenChanged";
            case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> type.name();
        };
    }

    /** An event and which of the two watches told it. */
    private record Told(boolean isByStatWatch, WatchEvent event) {}

    /** The watch on the znode itself and the one on its list of children; each is set or spent. */
    private final class Watches {
        private final Session session;
        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        private boolean isStatWatched;
        private boolean areChildrenWatched;

        Watches(Session session) {
            this.session = session;
        }

        /** Sets again what is spent. */
        void renew() throws InterruptedException {
            boolean exists = true;
            if (!isStatWatched) {
                isStatWatched = true;
                exists = session.watchStat(path, event -> told.add(new Told(true, event)))
                        .isPresent();
            }
            if (!areChildrenWatched && exists) {
                try {
                    session.watchChildren(path, event -> told.add(new Told(false, event)));
                    areChildrenWatched = true;
                } catch (Refusal refusal) {
                    if (refusal.error() != ErrorCode.NONODE) { // Its creation will be told by the other watch.
                        throw refusal;
                    }
                }
            }
        }

        /** Whether the event is to be shown; both watches tell of a deletion. */
        boolean isNews(Told news) {
            return switch (news.event().type()) {
                case NODE_CREATED, NODE_DATA_CHANGED -> {
                    isStatWatched = false;
                    yield true;
                }
                case NODE_DELETED -> {
                    areChildrenWatched = false;
                    isStatWatched &= !news.isByStatWatch();
                    yield news.isByStatWatch();
                }
                case NODE_CHILDREN_CHANGED -> {
                    boolean isFirst = areChildrenWatched;
                    areChildrenWatched = false;
                    yield isFirst;
                }
                case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> {
                    requireAlive(news.event().state());
                    yield false;
                }
            };
        }

        private void requireAlive(KeeperState state) {
            if (state == KeeperState.EXPIRED || state == KeeperState.CLOSED || state == KeeperState.AUTH_FAILED) {
                throw new CommandFailure(ExitCode.UNKNOWN, state.name() + ": the session is over, and its watches");
            }
        }
    }
}
