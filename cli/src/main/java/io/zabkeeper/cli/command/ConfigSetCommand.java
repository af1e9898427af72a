package io.zabkeeper.cli.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zab config set}: sets values, all at once. */
@Command(
        name = "set",
        description =
                "Set values, all or none: who follows the settings sees them change together. The znode is created"
                        + " when needed.")
final class ConfigSetCommand extends SessionCommand {
    @Parameters(index = "0", paramLabel = "PATH", description = "The znode with the settings.")
    private String path = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "A key and its new value.")
    private List<String> pairs = List.of();

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        Map<String, String> values = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure(ExitCode.USAGE, "'" + pair + "' is not KEY=VALUE");
            }
            String key = pair.substring(0, equals);
            if (values.put(key, pair.substring(equals + 1)) != null) {
                throw new CommandFailure(ExitCode.USAGE, "'" + key + "' is given more than one value");
            }
        }
        session.configure(path, values);
    }
}
