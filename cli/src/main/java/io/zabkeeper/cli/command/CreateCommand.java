package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.CreateMode;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab create}: makes a znode and prints its path. */
@Command(name = "create", description = "Create a znode; prints its path.")
final class CreateCommand extends SessionCommand {
    @Option(
            names = {"-e", "--ephemeral"},
            description = "Gone when the session ends: use it in the shell, a single command's session ends at once.")
    private boolean isEphemeral;

    @Option(
            names = {"-s", "--sequential"},
            description = "The service appends a number of ten digits, larger than any before it at this parent.")
    private boolean isSequential;

    @Option(
            names = {"-c", "--container"},
            description = "Removed by the service some time after its last child.")
    private boolean isContainer;

    @Option(
            names = {"-p", "--parents"},
            description = "Create missing parents, and be content when the znode exists.")
    private boolean isWithParents;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = DataArgument.DESCRIPTION)
    private @Nullable String data;

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        Bytes bytes = data == null ? Bytes.of(new byte[0]) : zab().data(data);
        if (isWithParents) {
            Parents.create(session, path);
        }
        String created = create(session, bytes);
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", created);
            screen().result(Json.of(object));
        } else {
            screen().result(output.format() == Format.RAW ? created : ZnodeData.onOneLine(created));
        }
    }

    private String create(Session session, Bytes bytes) throws InterruptedException {
        try {
            return session.create(path, bytes, mode());
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NODEEXISTS && isWithParents && data == null) {
                return path;
            }
            if (refusal.error() == ErrorCode.NONODE) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "NONODE: the parent " + ZnodePath.parent(path) + " does not exist; -p creates it");
            }
            throw refusal;
        }
    }

    private CreateMode mode() {
        if (isContainer) {
            if (isEphemeral || isSequential) {
                throw new CommandFailure(ExitCode.USAGE, "a container is neither ephemeral nor sequential");
            }
            return CreateMode.CONTAINER;
        }
        if (isEphemeral) {
            return isSequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL;
        }
        return isSequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }
}
