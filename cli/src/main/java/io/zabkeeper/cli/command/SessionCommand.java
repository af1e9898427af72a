package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about one znode, inside a session. */
abstract class SessionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    /** The znode's path, as given. */
    abstract String path();

    abstract void run(Session session) throws InterruptedException, IOException;

    @Override
    public Integer call() throws InterruptedException, IOException {
        checkPath(path());
        List<Identity> identities = zab().identities();
        Context.Sessions sessions = zab().context().sessions();
        Session session = sessions.open(zab().target());
        try {
            sessions.identify(session, identities);
            run(session);
        } finally {
            sessions.release(session);
        }
        return ExitCode.DONE;
    }

    /** @throws CommandFailure if no znode can have this path */
    static void checkPath(String path) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new CommandFailure(ExitCode.USAGE, "'" + path + "': " + problem);
        }
    }

    Zab zab() {
        // The command may be one of a group.
        if (spec != null && spec.root().userObject() instanceof Zab zab) {
            return zab;
        }
        throw new IllegalStateException("not run through zab");
    }

    Screen screen() {
        return zab().screen();
    }
}
