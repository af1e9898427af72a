package io.zabkeeper.cli;

import io.zabkeeper.cli.command.Session;
import io.zabkeeper.cli.command.SubtreeChange;
import io.zabkeeper.cli.command.SubtreeChange.Kind;
import io.zabkeeper.client.Znode;
import io.zabkeeper.client.recipe.CacheListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a cache learns, as the commands' port tells it. */
final class Followed implements CacheListener {
    private final String top;
    private final Consumer<SubtreeChange> listener;

    Followed(String top, Consumer<SubtreeChange> listener) {
        this.top = top;
        this.listener = listener;
    }

    @Override
    public void created(String path, Znode znode) {
        tell(Kind.CREATED, path, znode, "");
    }

    @Override
    public void changed(String path, Znode before, Znode now) {
        tell(Kind.CHANGED, path, now, "");
    }

    @Override
    public void deleted(String path, Znode before) {
        tell(Kind.DELETED, path, before, "");
    }

    @Override
    public void complete() {
        tell(Kind.COMPLETE, top, null, "");
    }

    @Override
    public void stale(String reason) {
        tell(Kind.STALE, top, null, reason);
    }

    @Override
    public void ended(String reason) {
        tell(Kind.ENDED, top, null, reason);
    }

    private void tell(Kind kind, String path, @Nullable Znode znode, String reason) {
        Session.Znode told = znode == null ? null : new Session.Znode(znode.data(), znode.stat());
        listener.accept(new SubtreeChange(kind, path, told, reason));
    }
}
