package io.zabkeeper.cli;

import io.zabkeeper.cli.command.CommandFailure;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Identity;
import io.zabkeeper.cli.command.Session;
import io.zabkeeper.cli.command.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The one session of a shell: opened by whoever needs it first, lent to every command, replaced when it is over.
 *
 * <p>The prompt and the completion look at it from other threads, and never wait for it.
 */
final class SharedSession implements Context.Sessions {
    private final Context.Sessions source;
    private final Target target;

    /** Who the session's client is, and that of one that replaces it. */
    private final Set<Identity> identities;

    private volatile @Nullable Session session;
    private volatile boolean isOpening;
    private volatile Runnable onChange = () -> {};

    SharedSession(Context.Sessions source, Target target, List<Identity> identities) {
        this.identities = new LinkedHashSet<>(identities);
        this.source = source;
        this.target = target;
    }

    /** Lends the session; a shell stays with the servers that it was started for. */
    @Override
    public Session open(Target ignored) throws InterruptedException {
        return open();
    }

    /** Each is said once, and again in each new session. */
    @Override
    public synchronized void identify(Session lent, List<Identity> more) throws InterruptedException {
        for (Identity identity : more) {
            if (!identities.contains(identity)) {
                lent.authenticate(identity);
                identities.add(identity);
            }
        }
    }

    /** Sessions to the same servers, each with the identities that this one has. */
    @Override
    public Context.Sessions unshared() {
        return ignored -> {
            Session opened = source.open(target);
            source.identify(opened, said());
            return opened;
        };
    }

    private synchronized List<Identity> said() {
        return List.copyOf(identities);
    }

    /** The shell keeps it. */
    @Override
    public void release(Session lent) {}

    /** Opens the session ahead of the first command, which will say what is wrong if this fails. */
    void connectOn(Executor background) {
        isOpening = true;
        background.execute(() -> {
            try {
                open();
            } catch (CommandFailure e) {
                session = null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** @param listener told, on some thread, when {@link #state} may have become another */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** The session if a server answers right now. */
    Optional<Session> connected() {
        return Optional.ofNullable(session).filter(Session::isConnected);
    }

    Target target() {
        return target;
    }

    /** Where the connection stands, in a word. */
    String state() {
        Session current = session;
        if (isOpening) {
            return "connecting";
        }
        if (current == null) {
            return "not connected";
        }
        if (current.isOver()) {
            return "session over";
        }
        if (current.isReadOnly()) {
            return "read-only";
        }
        return current.isConnected() ? "connected" : "connection lost";
    }

    void close() {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }

    private synchronized Session open() throws InterruptedException {
        Session current = session;
        if (current != null && !current.isOver()) {
            return current;
        }
        isOpening = true;
        try {
            Session opened = source.open(target);
            session = opened;
            opened.onConnectionChange(change -> onChange.run());
            source.identify(opened, List.copyOf(identities));
            return opened;
        } finally {
            isOpening = false;
            onChange.run();
        }
    }
}
