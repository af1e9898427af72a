package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Definition;
import io.zabkeeper.cli.ensemble.LocalEnsemble;
import io.zabkeeper.cli.ensemble.LocalEnsemble.Member;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.cli.output.Style;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code zab ensemble up}: starts the members that do not run, waits until all serve, prints how to reach them. */
@Command(
        name = "up",
        description = "Start the ensemble, wait until all members serve, print its connect string. What runs stays.",
        footer = {
            "",
            "The members listen on loopback: clients on P, P+1, ..., each other on P+100, ... and P+200, ...",
            "They run on until 'zab ensemble down'. $$ZAB_JVM_OPTS reaches them."
        })
final class EnsembleUpCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable EnsembleCommand ensemble;

    @Option(names = "--size", paramLabel = "N", description = "Number of members (default: 3).")
    private @Nullable Integer size;

    @Option(names = "--base-port", paramLabel = "P", description = "The first client port (default: 2181).")
    private @Nullable Integer basePort;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the members may take until all serve (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Mixin
    private EnsembleCommand.Dir dir = new EnsembleCommand.Dir();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ensemble == null) {
            throw new IllegalStateException("not run through zab ensemble");
        }
        Screen screen = ensemble.zab().screen();
        LocalEnsemble local = ensemble.local(dir);
        LocalEnsemble.Started started = up(local, new Progress(screen));
        List<Member> members = local.members();
        String connectString = local.running().map(Definition::connectString).orElse("");
        if (started == LocalEnsemble.Started.NONE) {
            screen.note("The ensemble is up already.");
        }
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("connect", connectString);
            object.put("members", members.stream().map(EnsembleCommand::object).toList());
            screen.result(Json.of(object));
        } else {
            // The table is for the eye; stdout has the one string that a script wants.
            EnsembleCommand.table(members).lines(screen::onErr).forEach(screen::note);
            screen.result(connectString);
        }
        return ExitCode.DONE;
    }

    private LocalEnsemble.Started up(LocalEnsemble local, Progress progress) throws IOException, InterruptedException {
        try {
            return local.up(optional(size), optional(basePort), waitSeconds * 1000L, progress);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } finally {
            progress.end();
        }
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Where the members stand: one line that is rewritten on a terminal, a new line for each change elsewhere. */
    private static final class Progress implements Consumer<List<Member>> {
        private final Screen screen;
        private String last = "";

        Progress(Screen screen) {
            this.screen = screen;
        }

        @Override
        public void accept(List<Member> members) {
            String now = members.stream()
                    .map(member -> member.number() + " " + member.role())
                    .collect(Collectors.joining(", ", "starting: ", ""));
            if (now.equals(last)) {
                return;
            }
            last = now;
            if (screen.isErrStyled()) {
                screen.errStream().print("\r\033[K" + screen.onErr(Style.FAINT, now));
                screen.errStream().flush();
            } else {
                screen.note(now);
            }
        }

        void end() {
            if (screen.isErrStyled() && !last.isEmpty()) {
                screen.errStream().print("\r\033[K");
                screen.errStream().flush();
            }
        }
    }
}
