package io.zabkeeper.server.admin.command;

import io.zabkeeper.server.admin.http.Answer;
import io.zabkeeper.server.admin.http.Pages;
import io.zabkeeper.server.admin.http.Question;
import io.zabkeeper.server.admin.report.Desk;
import io.zabkeeper.server.admin.report.TraceMask;
import io.zabkeeper.server.metrics.MemberReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands below their path, and at the path itself a list of them. */
public final class CommandPages implements Pages {
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";

    /** Known to the reference, where they move its own snapshots in and out; no state of this member fits them. */
    private static final Set<String> NOT_HERE =
            Set.of("snapshot", "snap", "restore", "rest", "shed_connections", "shed");

    private static final int NOT_IMPLEMENTED = 501;

    private final String root;
    private final Commands commands;
    private final Desk desk;
    private final TraceMask traceMask;
    private final Answer list;

    /** @param root the path, from the first slash, without one at its end */
    public CommandPages(String root, Commands commands, Desk desk, TraceMask traceMask) {
        this.root = root;
        this.commands = commands;
        this.desk = desk;
        this.traceMask = traceMask;
        this.list = new Answer(200, HTML, list(root));
    }

    private static String list(String root) {
        StringBuilder html = new StringBuilder();
        for (Command command : Command.values()) {
            html.append("<a href=\"")
                    .append(root)
                    .append('/')
                    .append(command.text())
                    .append("\">")
                    .append(command.text())
                    .append("</a>\n<br/>\n");
        }
        return html.toString();
    }

    @Override
    public void answer(Question question, Consumer<Answer> answer) {
        String path = question.path();
        boolean isBelow = path.startsWith(root + "/");
        if (!isBelow && !path.equals(root)) {
            answer.accept(Answer.NOT_FOUND);
            return;
        }
        String name = isBelow ? path.substring(root.length() + 1) : "";
        if (NOT_HERE.contains(name)) {
            answer.accept(failed(NOT_IMPLEMENTED, name, name + " is not supported by this server"));
        } else if (!question.isGet()) {
            answer.accept(Answer.METHOD_NOT_ALLOWED);
        } else if (name.isEmpty()) {
            answer.accept(list);
        } else {
            run(name, question.parameters(), answer);
        }
    }

    private void run(String name, Map<String, String> parameters, Consumer<Answer> answer) {
        Command command = Command.named(name);
        if (command == null) {
            answer.accept(failed(200, name, "Unknown command: " + name));
            return;
        }
        if (command == Command.SET_TRACE_MASK) {
            String error = setTraceMask(parameters.get("traceMask"));
            if (error != null) {
                answer.accept(failed(200, command.text(), error));
                return;
            }
        }
        desk.ask(command.effect(), command.topics(), report -> answer.accept(of(name, command, report)));
    }

    private @Nullable String setTraceMask(@Nullable String argument) {
        if (argument == null) {
            return "setTraceMask requires long traceMask argument";
        }
        try {
            traceMask.set(Long.parseLong(argument));
            return null;
        } catch (NumberFormatException notOne) {
            return "setTraceMask requires long traceMask argument, got " + argument;
        }
    }

    private Answer of(String name, Command command, MemberReport report) {
        if (!report.standing().isServing() && !command.isAnsweredAlways()) {
            return failed(200, name, Commands.NOT_SERVING);
        }
        Map<String, @Nullable Object> object = commands.of(command, report, traceMask.get());
        object.put("command", command.text());
        object.putIfAbsent("error", null);
        return new Answer(200, JSON, Json.of(object));
    }

    private static Answer failed(int status, String command, String error) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("command", command);
        object.put("error", error);
        return new Answer(status, JSON, Json.of(object));
    }
}
