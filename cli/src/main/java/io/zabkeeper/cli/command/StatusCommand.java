package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Asking;
import io.zabkeeper.cli.ensemble.HostPort;
import io.zabkeeper.cli.ensemble.ServerStatus;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code zab status}: what each server says about itself; needs no session and therefore no quorum. */
@Command(
        name = "status",
        description = "Ask each server for its role. Exit code 3 when none serves.",
        footer = "The servers must allow the four-letter word 'srvr'; they do unless configured otherwise.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Zab zab;

    @Mixin
    private OutputOption output = new OutputOption();

    /** A server and its answer. */
    private record Answer(HostPort server, Optional<ServerStatus> status) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (zab == null) {
            throw new IllegalStateException("not run through zab");
        }
        Asking asking = zab.asking();
        List<Answer> answers = answers(zab.serverList(), asking);
        if (output.format() == Format.JSON) {
            zab.screen()
                    .result(Json.of(answers.stream().map(StatusCommand::object).toList()));
        } else {
            table(answers).lines(zab.screen()::onOut).forEach(zab.screen()::result);
        }
        asking.trouble().ifPresent(zab.screen()::note);
        return answers.stream().anyMatch(answer -> answer.status().isPresent()) ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    private static List<Answer> answers(List<HostPort> servers, Asking asking) throws InterruptedException {
        List<Optional<ServerStatus>> statuses = ServerStatus.ofEach(servers, asking);
        return IntStream.range(0, servers.size())
                .mapToObj(i -> new Answer(servers.get(i), statuses.get(i)))
                .toList();
    }

    private static Table table(List<Answer> answers) {
        Table table = new Table("SERVER", "ROLE", "ZXID", "ZNODES", "CONNECTIONS", "LATENCY MS MIN/AVG/MAX");
        for (Answer answer : answers) {
            String server = answer.server().toString();
            if (answer.status().isEmpty()) {
                table.row(Style.BAD, server, "no answer", "-", "-", "-", "-");
                continue;
            }
            ServerStatus status = answer.status().get();
            table.row(
                    status.isLeading() ? Style.GOOD : Style.PLAIN,
                    server,
                    status.role(),
                    status.zxid(),
                    Long.toString(status.znodes()),
                    Integer.toString(status.connections()),
                    status.latencyMs());
        }
        return table;
    }

    private static Map<String, @Nullable Object> object(Answer answer) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("server", answer.server().toString());
        object.put("role", answer.status().map(ServerStatus::role).orElse(null));
        answer.status().ifPresent(status -> {
            object.put("zxid", status.zxid());
            object.put("znodes", status.znodes());
            object.put("connections", status.connections());
            object.put("outstanding", status.outstanding());
            object.put("latencyMs", status.latencyMs());
            object.put("version", status.version());
        });
        return object;
    }
}
