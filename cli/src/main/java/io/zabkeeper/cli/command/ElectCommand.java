package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import io.zabkeeper.cli.output.ZnodeData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zab elect}: runs a command while it leads, and again in each later term; or lists who stands. */
@Command(
        name = "elect",
        description = {
            "Stand for election and run a command while leading; when it ends, so does the leadership, and its exit code"
                    + " becomes this one's.",
            "Its environment has ZAB_FENCING_TOKEN, a number that grows from each term to the next, and"
                    + " ZAB_LEADERSHIP_PATH, the znode that stands for the term. When the leadership is lost, or may be, the"
                    + " command is ended; then this one stands again, over a new session if need be.",
            "Programs with this client's LeaderElection or Curator's LeaderLatch stand for the same election."
        })
final class ElectCommand extends GuardingCommand {
    @Option(names = "--once", description = "When the leadership is lost, end with exit code 3.")
    private boolean isOnce;

    @Option(names = "--list", description = "List the candidates, the leader first, and run nothing.")
    private boolean isList;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "TEXT",
            description = "What the others call this candidate.")
    private String label = "";

    @Mixin
    private OutputOption output = new OutputOption();

    private boolean hasStood;

    @Override
    String what() {
        return "leadership";
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        while (true) {
            try {
                int exitCode = super.call();
                if (!isLost() || isOnce) {
                    return exitCode;
                }
            } catch (CommandFailure failure) {
                // Each attempt to connect takes its time, so this does not turn in haste.
                if (!hasStood || isOnce || failure.exitCode() != ExitCode.UNKNOWN) {
                    throw failure;
                }
                screen().note(screen().onErr(Style.WARNING, String.valueOf(failure.getMessage())));
            }
            screen().note(screen().onErr(Style.FAINT, "standing again"));
        }
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (isList) {
            print(session.contestants(path()));
        } else {
            super.run(session);
        }
    }

    @Override
    boolean isCommandWanted() {
        return !isList;
    }

    @Override
    Held acquire(Session session) throws InterruptedException {
        hasStood = true;
        return session.lead(path(), label);
    }

    private void print(List<Session.Contestant> contestants) {
        if (output.format() == Format.JSON) {
            for (int i = 0; i < contestants.size(); i++) {
                screen().result(Json.of(object(contestants.get(i), role(i))));
            }
            return;
        }
        Table table = new Table("ROLE", "LABEL", "SESSION", "PATH");
        for (int i = 0; i < contestants.size(); i++) {
            Session.Contestant contestant = contestants.get(i);
            table.row(
                    i == 0 ? Style.GOOD : Style.PLAIN,
                    role(i),
                    contestant.label().isEmpty() ? "-" : ZnodeData.onOneLine(contestant.label()),
                    Json.hex(contestant.sessionId()),
                    ZnodeData.onOneLine(contestant.path()));
        }
        table.lines(screen()::onOut).forEach(screen()::result);
    }

    private static String role(int place) {
        return place == 0 ? "leader" : "candidate";
    }

    private static Map<String, @Nullable Object> object(Session.Contestant contestant, String role) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("role", role);
        object.put("label", contestant.label());
        object.put("session", Json.hex(contestant.sessionId()));
        object.put("fencingToken", Long.toString(contestant.fencingToken()));
        object.put("path", contestant.path());
        return object;
    }
}
