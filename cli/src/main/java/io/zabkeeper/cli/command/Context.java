package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Screen;
import java.util.List;

/**
 * What commands get from whoever runs them: the process, or the shell.
 *
 * @param approval asked for before much is lost
 */
public record Context(Environment environment, Screen screen, Sessions sessions, Approval approval) {
    /** Where sessions come from. The process opens one for each command; the shell lends its own. */
    @FunctionalInterface
    public interface Sessions {
        /** A session that is connected; who opens it releases it. */
        Session open(Target target) throws InterruptedException;

        /** Tells the servers who the session's client is. */
        default void identify(Session session, List<Identity> identities) throws InterruptedException {
            for (Identity identity : identities) {
                session.authenticate(identity);
            }
        }

        /** Where a command gets sessions that nobody else uses. */
        default Sessions unshared() {
            return this;
        }

        /** The command is done with the session. */
        default void release(Session session) {
            session.close();
        }
    }
}
