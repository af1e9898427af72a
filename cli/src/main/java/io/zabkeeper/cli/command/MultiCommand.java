package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zab multi}: several writes that happen all or not at all. */
@Command(
        name = "multi",
        description = {
            "Make several writes that happen all or not at all, each seeing those before it; others see all or none.",
            "Each OPERATION is one argument, or one line of stdin:",
            "  create PATH [DATA]",
            "  set PATH DATA [-v VERSION]",
            "  rm PATH [-v VERSION]",
            "  check PATH [-v VERSION]",
            "Quotes are those of the shell, data is text, '@FILE' or '@@TEXT'; empty lines and those that begin with # do not"
                    + " count. 'check' changes nothing, and refuses the whole if the znode is not there, or at another"
                    + " version."
        })
final class MultiCommand extends SessionCommand {
    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "OPERATION", description = "What to do; without one, stdin is read.")
    private List<String> arguments = List.of();

    @Override
    String path() {
        return ZnodePath.ROOT;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        List<OperationLine> lines = lines();
        if (lines.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "no operation was given");
        }
        List<Optional<Stat>> results;
        try {
            results = session.commit(lines.stream().map(OperationLine::change).toList());
        } catch (TransactionRefusal refusal) {
            OperationLine fault = lines.get(refusal.index());
            throw new CommandFailure(
                    refusal.exitCode(),
                    "%s: %s: %s; nothing was done"
                            .formatted(fault.where(), fault.change().name(), refusal.getMessage()));
        }
        for (int i = 0; i < results.size(); i++) {
            print(lines.get(i).change(), results.get(i));
        }
    }

    private List<OperationLine> lines() throws IOException {
        boolean isArguments = !arguments.isEmpty();
        List<String> texts = isArguments
                ? arguments
                : new String(screen().in().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        List<OperationLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                lines.add(OperationLine.parse((isArguments ? "operation " : "line ") + (i + 1), text, this::data));
            }
        }
        return lines;
    }

    private Bytes data(String argument) throws IOException {
        if (argument.equals("-")) {
            throw new CommandFailure(ExitCode.USAGE, "here '-' is not stdin; '@FILE' is a file");
        }
        return zab().data(argument);
    }

    private void print(Change change, Optional<Stat> stat) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("operation", change.name());
            object.put("path", change.path());
            stat.ifPresent(there -> object.put("stat", StatLines.object(there)));
            screen().result(Json.of(object));
            return;
        }
        String version = change instanceof Change.SetData && stat.isPresent()
                ? " version " + stat.get().version()
                : "";
        screen().result(change.name() + " " + ZnodeData.onOneLine(change.path()) + version);
    }
}
