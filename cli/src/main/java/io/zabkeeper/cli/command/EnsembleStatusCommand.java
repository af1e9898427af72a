package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.LocalEnsemble.Member;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Screen;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code zab ensemble status}: the members with role, zxid, port and process. */
@Command(name = "status", description = "Show the members. Exit code 3 when none serves.")
final class EnsembleStatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable EnsembleCommand ensemble;

    @Mixin
    private EnsembleCommand.Dir dir = new EnsembleCommand.Dir();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        if (ensemble == null) {
            throw new IllegalStateException("not run through zab ensemble");
        }
        Screen screen = ensemble.zab().screen();
        List<Member> members = ensemble.local(dir).members();
        if (output.format() == Format.JSON) {
            screen.result(Json.of(members.stream().map(EnsembleCommand::object).toList()));
        } else if (members.isEmpty()) {
            screen.note("No ensemble was started here; 'zab ensemble up' starts one.");
        } else {
            EnsembleCommand.table(members).lines(screen::onOut).forEach(screen::result);
        }
        return members.stream().anyMatch(member -> member.status().isPresent()) ? ExitCode.DONE : ExitCode.UNKNOWN;
    }
}
