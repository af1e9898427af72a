package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab mv}: gives a subtree another place, in one transaction. */
@Command(
        name = "mv",
        description = {
            "Move a znode and all below it, with data and ACLs, to a path where none is.",
            "One transaction: others see all of it at the old path or all at the new one, and nothing is moved when"
                    + " something of it changes meanwhile. Ephemeral znodes cannot be moved. Sequential ones keep"
                    + " their names, and the numbers below the new path start anew. Containers become persistent:"
                    + " the service does not tell which znodes are."
        })
final class MvCommand extends SessionCommand {
    @Option(
            names = "--not-atomic",
            description = "If it is too large for one transaction, copy all in several and delete behind that.")
    private boolean isAtomicityWaived;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "SRC", description = "The znode.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "Its new path; its parent exists.")
    private String target = "";

    @Override
    String path() {
        return source;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (source.equals(ZnodePath.ROOT)) {
            throw new CommandFailure(ExitCode.USAGE, "the root stays");
        }
        Transfer transfer = Transfer.read(session, source, target);
        refuseEphemerals(transfer);
        List<Change> changes = new ArrayList<>(transfer.creations());
        changes.addAll(transfer.deletions());
        if (Transactions.fit(changes)) {
            commit(session, changes, "nothing was moved");
        } else if (isAtomicityWaived) {
            moveInSteps(session, transfer);
        } else {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    source + " has " + transfer.znodes().size()
                            + " znodes, too large for one transaction; --not-atomic copies it and deletes it then");
        }
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("source", source);
            object.put("target", target);
            object.put("znodes", transfer.znodes().size());
            screen().result(Json.of(object));
        }
    }

    private static void refuseEphemerals(Transfer transfer) {
        for (ZnodeImage znode : transfer.znodes()) {
            if (znode.isEphemeral()) {
                throw new CommandFailure(
                        ExitCode.REFUSED, znode.path() + " is ephemeral: it goes with its session and cannot be moved");
            }
        }
    }

    /** Nothing is deleted before all of it is at the target, and nothing that changed since. */
    private void moveInSteps(Session session, Transfer transfer) throws InterruptedException {
        String state = "nothing was moved";
        for (List<Change> transaction : Transactions.pack(transfer.guardedCreations())) {
            commit(session, transaction, state);
            state = source + " is as it was, " + target + " not complete";
        }
        state = target + " is complete, " + source + " is not deleted, or not all of it";
        List<List<Change>> deletions =
                transfer.deletions().stream().map(List::of).toList();
        for (List<Change> transaction : Transactions.pack(deletions)) {
            commit(session, transaction, state);
        }
    }

    private static void commit(Session session, List<Change> transaction, String stateOtherwise)
            throws InterruptedException {
        try {
            session.commit(transaction);
        } catch (Refusal refusal) {
            throw Transactions.undone(refusal, stateOtherwise);
        }
    }
}
