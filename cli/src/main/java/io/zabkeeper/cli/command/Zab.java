package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Asking;
import io.zabkeeper.cli.ensemble.Definition;
import io.zabkeeper.cli.ensemble.HostPort;
import io.zabkeeper.cli.ensemble.LocalEnsemble;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all others: global options, and what they mean. */
@Command(
        name = "zab",
        description = "Talks to a coordination service, Zabkeeper or any that speaks ZooKeeper's protocol.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = ProductVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the service said no; the error's name is on stderr",
            "2:the command line is wrong",
            "3:no server could be reached, or the answer was lost: a write may or may not have happened",
        },
        footerHeading = "%nServers:%n",
        footer = {
            "  -s, else $$ZAB_SERVERS, else the local ensemble if it is up, else 127.0.0.1:2181.",
            "",
            "ZAB_LOG=debug makes the client log to stderr.",
        })
public final class Zab implements Runnable {
    private static final String DEFAULT_SERVERS = "127.0.0.1:2181";

    private final Context context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-s", "--servers"},
            paramLabel = "HOSTS",
            description = "The servers, as HOST:PORT,HOST:PORT,...")
    private @Nullable String servers;

    @Option(
            names = "--auth",
            paramLabel = "SCHEME:CREDENTIALS",
            description =
                    "Who to be, for example digest:alice:password; may be given again. Other users of this machine"
                            + " can see it: $$ZAB_AUTH is for those who mind, one on each line.")
    private List<String> auth = List.of();

    @Option(
            names = "--read-only",
            description =
                    "Take a server, too, that is cut off from the others: it has what it knew when that happened, and"
                            + " refuses writes.")
    private boolean isReadOnlyEnough;

    @Mixin
    private TlsOption tls = new TlsOption();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for a connection and for each answer (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli sets it and acts on it.
    private boolean isHelpWanted;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli sets it and acts on it.
    private boolean isVersionWanted;

    private Zab(Context context) {
        this.context = context;
    }

    /**
     * The whole command, ready to execute arguments.
     *
     * @param more commands that only the caller has
     */
    public static CommandLine commandLine(Context context, Object... more) {
        return commandLine(context, Commands.ALL, more);
    }

    /** As much of the command as it takes to execute these arguments. */
    public static CommandLine commandLineFor(String[] arguments, Context context, Object... more) {
        return commandLine(context, Commands.namedIn(List.of(arguments)), more);
    }

    private static CommandLine commandLine(Context context, List<Class<?>> commands, Object... more) {
        // What is set below reaches only the subcommands that are there.
        CommandLine commandLine = new CommandLine(new Zab(context));
        for (Class<?> command : commands) {
            commandLine.addSubcommand(command);
        }
        for (Object command : more) {
            commandLine.addSubcommand(command);
        }
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            if (subcommand.getCommand() instanceof GuardingCommand) {
                subcommand.setStopAtPositional(true); // What stands behind belongs to the command that it runs.
            }
        }
        Screen screen = context.screen();
        FailureReporter reporter = new FailureReporter(screen);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                // '@FILE' is data here, not more arguments.
                .setExpandAtFiles(false)
                .setOut(writer(screen.outStream()))
                .setErr(writer(screen.errStream()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(screen.isOutStyled() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(reporter)
                .setExecutionExceptionHandler(reporter);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        throw new CommandFailure(ExitCode.USAGE, "which command?");
    }

    public Context context() {
        return context;
    }

    public Screen screen() {
        return context.screen();
    }

    /** @param isForced when the command line itself says that nobody is to be asked */
    Approval approval(boolean isForced) {
        return isForced ? Approval.UNASKED : context.approval();
    }

    /** The data that an argument stands for. */
    Bytes data(String argument) throws IOException {
        return DataArgument.read(argument, screen().in(), context.environment().workingDir());
    }

    private Duration timeout() {
        if (!(timeoutSeconds > 0 && timeoutSeconds < 1e6)) {
            throw new CommandFailure(ExitCode.USAGE, "--timeout is a number of seconds, not " + timeoutSeconds);
        }
        return Duration.ofMillis(Math.max(1, Math.round(timeoutSeconds * 1000)));
    }

    /** Whom the command's sessions are with. */
    public Target target() throws IOException {
        return new Target(servers(), timeout(), isReadOnlyEnough, tls.files(context.environment()));
    }

    /** How servers are asked without a session. */
    Asking asking() {
        return Asking.within((int) timeout().toMillis(), tls.files(context.environment()));
    }

    /** The environment for commands that are for the same servers. */
    public Environment environmentFor(Target target) {
        Map<String, String> variables = new HashMap<>(TlsOption.variables(target.tls()));
        variables.put("ZAB_SERVERS", target.servers());
        return context.environment().with(variables);
    }

    /** Whom the command is for. */
    private String servers() throws IOException {
        if (servers != null) {
            return servers;
        }
        Environment environment = context.environment();
        if (environment.variable("ZAB_SERVERS").isPresent()) {
            return environment.variable("ZAB_SERVERS").get();
        }
        return localEnsemble(environment.ensembleDir())
                .running()
                .map(Definition::connectString)
                .orElse(DEFAULT_SERVERS);
    }

    /** The same, for a command that asks each of them. */
    List<HostPort> serverList() throws IOException {
        try {
            return HostPort.list(servers());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Who the command's client is, besides an address. */
    public List<Identity> identities() {
        if (!auth.isEmpty()) {
            return auth.stream().map(text -> Identity.parse(text, "--auth")).toList();
        }
        return context.environment().variable("ZAB_AUTH").stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .map(line -> Identity.parse(line, "each line of ZAB_AUTH"))
                .toList();
    }

    LocalEnsemble localEnsemble(Path dir) {
        Path root = context.environment().root();
        Path base = root == null ? context.environment().workingDir() : root;
        return new LocalEnsemble(dir, base.resolve("bin").resolve("zab-server"));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
