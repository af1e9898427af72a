package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code auth} of the shell: says who its session is from now on. */
@Command(
        name = "auth",
        aliases = {"addauth"},
        description = {
            "Tell the servers who the shell's session is, in addition to what they know, and again whenever a new session"
                    + " begins. A command that runs alone forgets it at its end: --auth or $$ZAB_AUTH is for those.",
            "The shell does not keep the line in its history."
        })
final class AuthCommand extends SessionCommand {
    @Parameters(index = "0", paramLabel = "SCHEME", description = "For example digest.")
    private String scheme = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CREDENTIALS",
            description = "The scheme's own, for digest USER:PASSWORD.")
    private List<String> credentials = List.of();

    @Override
    String path() {
        return ZnodePath.ROOT;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (credentials.size() > 1) {
            // Taken as one parameter, the rest of a password with a blank would be quoted in a message.
            throw new CommandFailure(ExitCode.USAGE, "the credentials are one word: put them in quotes");
        }
        Identity identity = new Identity(scheme, Bytes.ofUtf8(credentials.get(0)));
        zab().context().sessions().identify(session, List.of(identity));
    }
}
