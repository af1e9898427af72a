package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What a serving server says about itself in its {@code srvr} answer.
 *
 * @param received how many messages of clients it has received since it started
 */
public record ServerStatus(
        String role,
        String zxid,
        String version,
        String latencyMs,
        long received,
        int connections,
        int outstanding,
        long znodes) {

    /** Asks the server; empty when nobody answers in time, or who answers does not serve. */
    static Optional<ServerStatus> of(HostPort server, Asking asking) {
        try {
            String answer = FourLetterWord.ask(server, "srvr", asking);
            Optional<ServerStatus> status = parse(answer);
            if (status.isEmpty()) {
                asking.misunderstood(server, answer);
            }
            return status;
        } catch (IOException e) {
            asking.failed(server, e);
            return Optional.empty();
        }
    }

    /**
     * Asks several at once, since one that does not answer must not delay what the others say.
     *
     * @return an answer for each, in their order
     */
    public static List<Optional<ServerStatus>> ofEach(List<HostPort> servers, Asking asking)
            throws InterruptedException {
        List<CompletableFuture<Optional<ServerStatus>>> answers = new ArrayList<>();
        for (HostPort server : servers) {
            CompletableFuture<Optional<ServerStatus>> answer = new CompletableFuture<>();
            Thread question = new Thread(() -> answer.complete(of(server, asking)), "status of " + server);
            question.setDaemon(true);
            question.start();
            answers.add(answer);
        }
        List<Optional<ServerStatus>> all = new ArrayList<>();
        for (CompletableFuture<Optional<ServerStatus>> answer : answers) {
            all.add(get(answer));
        }
        return all;
    }

    private static Optional<ServerStatus> get(CompletableFuture<Optional<ServerStatus>> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    static Optional<ServerStatus> parse(String answer) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : answer.split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        }
        if (!fields.containsKey("Mode")) {
            return Optional.empty();
        }
        String version = fields.getOrDefault("Zookeeper version", "");
        return Optional.of(new ServerStatus(
                fields.getOrDefault("Mode", ""),
                fields.getOrDefault("Zxid", "0x0"),
                version.contains(",") ? version.substring(0, version.indexOf(',')) : version,
                fields.getOrDefault("Latency min/avg/max", ""),
                number(fields.getOrDefault("Received", "")),
                (int) number(fields.getOrDefault("Connections", "")),
                (int) number(fields.getOrDefault("Outstanding", "")),
                number(fields.getOrDefault("Node count", ""))));
    }

    /** Whether this server orders the writes. */
    public boolean isLeading() {
        return role.equals("leader") || role.equals("standalone");
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }
}
