package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.LocalEnsemble;
import io.zabkeeper.cli.ensemble.LocalEnsemble.Member;
import io.zabkeeper.cli.ensemble.ServerStatus;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code zab ensemble}: an ensemble on this machine, for trying things out and for tests. */
@Command(
        name = "ensemble",
        description = "Start, stop and inspect an ensemble on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EnsembleUpCommand.class, EnsembleDownCommand.class, EnsembleStatusCommand.class})
final class EnsembleCommand implements Runnable {
    @ParentCommand
    private @Nullable Zab zab;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        throw new CommandFailure(ExitCode.USAGE, "up, down or status?");
    }

    Zab zab() {
        if (zab == null) {
            throw new IllegalStateException("not run through zab");
        }
        return zab;
    }

    /** The option that all three share. */
    static final class Dir {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "Where configuration, data and logs are (default: .zabkeeper/ of the project).")
        private @Nullable Path dir;

        Path path(Environment environment) {
            return dir == null
                    ? environment.ensembleDir()
                    : environment.workingDir().resolve(dir).normalize();
        }
    }

    LocalEnsemble local(Dir dir) {
        return zab().localEnsemble(dir.path(zab().context().environment()));
    }

    static Table table(List<Member> members) {
        Table table = new Table("MEMBER", "ROLE", "CLIENTS", "ZXID", "PID", "LOG");
        for (Member member : members) {
            Style style = member.status().isEmpty()
                    ? Style.BAD
                    : member.status().get().isLeading() ? Style.GOOD : Style.PLAIN;
            table.row(
                    style,
                    Integer.toString(member.number()),
                    member.role(),
                    member.client().toString(),
                    member.status().map(ServerStatus::zxid).orElse("-"),
                    member.pid().isPresent() ? Long.toString(member.pid().getAsLong()) : "-",
                    member.log().toString());
        }
        return table;
    }

    static Map<String, @Nullable Object> object(Member member) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("member", member.number());
        object.put("role", member.status().map(ServerStatus::role).orElse(null));
        object.put("host", member.client().host());
        object.put("port", member.client().port());
        object.put("zxid", member.status().map(ServerStatus::zxid).orElse(null));
        object.put("pid", member.pid().isPresent() ? member.pid().getAsLong() : null);
        object.put("log", member.log().toString());
        return object;
    }
}
