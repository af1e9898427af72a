package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab cp}: makes a copy of a znode, or of a whole subtree. */
@Command(
        name = "cp",
        description = {
            "Copy a znode with its data and ACL to a path where none is.",
            "One transaction, or several when one would be too large, each on the condition that what it copies has not"
                    + " changed meanwhile. Ephemeral znodes stay out. Sequential ones keep their names, and the"
                    + " numbers below the copy start anew. Containers become persistent: the service does not tell"
                    + " which znodes are."
        })
final class CpCommand extends SessionCommand {
    @Option(
            names = {"-r", "--recursive"},
            description = "Copy all below it too.")
    private boolean isRecursive;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "SRC", description = "The znode.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "The path of the copy; its parent exists.")
    private String target = "";

    @Override
    String path() {
        return source;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Transfer all = Transfer.read(session, source, target);
        if (!isRecursive && all.znodes().size() > 1) {
            throw new CommandFailure(ExitCode.REFUSED, "NOTEMPTY: " + source + " has children; -r copies them too");
        }
        Transfer transfer = all.withoutEphemerals();
        if (transfer.znodes().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    source + " is ephemeral: it goes with its session, and so would a copy with ours");
        }
        copy(session, transfer);
        int skipped = all.znodes().size() - transfer.znodes().size();
        if (skipped > 0) {
            screen().note("left out " + skipped + " ephemeral znode" + (skipped == 1 ? "" : "s"));
        }
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("source", source);
            object.put("target", target);
            object.put("znodes", transfer.znodes().size());
            object.put("ephemerals", skipped);
            screen().result(Json.of(object));
        }
    }

    private void copy(Session session, Transfer transfer) throws InterruptedException {
        boolean isBegun = false;
        for (List<Change> transaction : Transactions.pack(transfer.guardedCreations())) {
            try {
                session.commit(transaction);
            } catch (Refusal refusal) {
                throw Transactions.undone(refusal, isBegun ? target + " is not complete" : "nothing was copied");
            }
            isBegun = true;
        }
    }
}
