package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Asking;
import io.zabkeeper.cli.ensemble.HostPort;
import io.zabkeeper.cli.ensemble.ServerStatus;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code zab top}: what the servers do, again and again; needs no session and therefore no quorum. */
@Command(
        name = "top",
        description =
                "Show what each server does, and how much of it, until Ctrl-C. At a terminal each view takes the place"
                        + " of the one before.",
        footer = "The servers must allow the four-letter word 'srvr'; they do unless configured otherwise.")
final class TopCommand implements Callable<Integer> {
    private static final double MIN_DELAY_SECONDS = 0.1;
    private static final double MAX_DELAY_SECONDS = 3600;

    @ParentCommand
    private @Nullable Zab zab;

    @Option(
            names = {"-d", "--delay"},
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "The time from view to view (default: ${DEFAULT-VALUE}).")
    private double delaySeconds;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many views. The first has no rates: there is nothing before it.")
    private int count = Integer.MAX_VALUE;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (zab == null) {
            throw new IllegalStateException("not run through zab");
        }
        if (!(delaySeconds >= MIN_DELAY_SECONDS && delaySeconds <= MAX_DELAY_SECONDS)) {
            throw new CommandFailure(ExitCode.USAGE, "--delay is from 0.1 to 3600 seconds, not " + delaySeconds);
        }
        if (count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--count is 1 or more, not " + count);
        }
        List<HostPort> servers = zab.serverList();
        Asking asking = zab.asking();
        Activity activity = Activity.first(ServerStatus.ofEach(servers, asking), System.nanoTime());
        show(zab, servers, activity);
        for (int shown = 1; shown < count; shown++) {
            TimeUnit.MILLISECONDS.sleep(Math.round(delaySeconds * 1000));
            activity = activity.next(ServerStatus.ofEach(servers, asking), System.nanoTime());
            show(zab, servers, activity);
        }
        asking.trouble().ifPresent(zab.screen()::note);
        return activity.serving() > 0 ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    private void show(Zab zab, List<HostPort> servers, Activity activity) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (output.format() == Format.JSON) {
            zab.screen().result(Json.of(object(now, servers, activity)));
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(now + "  " + activity.serving() + " of " + servers.size() + " serve, writes/s: "
                + shown(activity.writesPerSecond()));
        lines.addAll(table(servers, activity).lines(zab.screen()::onOut));
        zab.screen().redraw(lines);
    }

    private static Table table(List<HostPort> servers, Activity activity) {
        Table table = new Table(
                "SERVER", "ROLE", "MESSAGES/S", "CONNECTIONS", "WAITING", "LATENCY MS MIN/AVG/MAX", "ZNODES", "ZXID");
        for (int i = 0; i < servers.size(); i++) {
            String server = servers.get(i).toString();
            Optional<ServerStatus> answer = activity.statuses().get(i);
            if (answer.isEmpty()) {
                table.row(Style.BAD, server, "no answer", "-", "-", "-", "-", "-", "-");
                continue;
            }
            ServerStatus status = answer.get();
            table.row(
                    status.isLeading() ? Style.GOOD : Style.PLAIN,
                    server,
                    status.role(),
                    shown(activity.messagesPerSecond(i)),
                    Integer.toString(status.connections()),
                    Integer.toString(status.outstanding()),
                    status.latencyMs(),
                    Long.toString(status.znodes()),
                    status.zxid());
        }
        return table;
    }

    private static String shown(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, "%.0f", rate.getAsDouble()) : "-";
    }

    private static Map<String, @Nullable Object> object(Instant now, List<HostPort> servers, Activity activity) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("server", servers.get(i).toString());
            Optional<ServerStatus> answer = activity.statuses().get(i);
            object.put("role", answer.map(ServerStatus::role).orElse(null));
            if (answer.isPresent()) {
                ServerStatus status = answer.get();
                object.put("messagesPerSecond", rounded(activity.messagesPerSecond(i)));
                object.put("connections", status.connections());
                object.put("outstanding", status.outstanding());
                object.put("latencyMs", status.latencyMs());
                object.put("znodes", status.znodes());
                object.put("zxid", status.zxid());
            }
            objects.add(object);
        }
        Map<String, @Nullable Object> object = Json.object();
        object.put("time", now.toString());
        object.put("writesPerSecond", rounded(activity.writesPerSecond()));
        object.put("servers", objects);
        return object;
    }

    private static @Nullable Long rounded(OptionalDouble rate) {
        return rate.isPresent() ? Math.round(rate.getAsDouble()) : null;
    }
}
