package io.zabkeeper.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a line what two servers with the same history may tell differently: times, ids, ports, sizes on the disk. */
final class Masks {
    private record Mask(Pattern pattern, String instead) {}

    private static final List<Mask> MASKS = List.of(
            mask("^Zookeeper version: .*", "Zookeeper version: V"),
            mask("^(Latency min/avg/max: )\\d+/\\d+\\.\\d+/\\d+$", "$1L"),
            mask("^Zxid: 0x[0-9a-f]+$", "Zxid: Z"),
            mask("/127\\.0\\.0\\.1:\\d+", "/ADDRESS"),
            mask("sid=0x[0-9a-f]+", "sid=S"),
            mask("est=\\d+", "est=T"),
            mask("lzxid=0x(?!f{16})[0-9a-f]+", "lzxid=Z"),
            mask("lresp=[1-9]\\d*", "lresp=T"),
            mask("lat=\\d+", "lat=L"),
            mask("^(clientPort|dataDir|dataDirSize|dataLogDir|dataLogSize|electionPort|quorumPort)=.*", "$1=X"),
            mask("^serverId=[1-9]$", "serverId=N"),
            mask("^server\\.(\\d)=127\\.0\\.0\\.1:\\d+:\\d+", "server.$1=A:P:P"),
            mask("^((?:data|log)dir_size: )\\d+$", "$1N"),
            mask("sessionId: 0x[1-9a-f][0-9a-f]*", "sessionId: S"),
            mask("^(\\t?)0x[0-9a-f]+", "$1S"),
            mask("^((?:Session|Connections) Sets \\()\\d+", "$1N"),
            mask("^(Proposal sizes last/min/max: )\\d+/\\d+/\\d+$", "$1N"));

    /** Who ends together depends on the width of a server's clock; how many there are in all is said in the line above. */
    private static final Pattern GROUPING =
            Pattern.compile("\\d+ expire at \\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} \\w+ \\d{4}:");

    private Masks() {}

    private static Mask mask(String pattern, String instead) {
        return new Mask(Pattern.compile(pattern), instead);
    }

    /** The lines of an answer, masked, those of connections in an order of their own: the servers have none. */
    static List<String> lines(String answer) {
        List<String> lines = new ArrayList<>();
        for (String line : answer.split("\n", -1)) {
            if (!GROUPING.matcher(line).matches()) {
                lines.add(of(line));
            }
        }
        sort(lines, " /");
        sort(lines, "\tip: ");
        return lines;
    }

    private static void sort(List<String> lines, String start) {
        int first = 0;
        while (first < lines.size() && !lines.get(first).startsWith(start)) {
            first++;
        }
        int end = first;
        while (end < lines.size() && lines.get(end).startsWith(start)) {
            end++;
        }
        lines.subList(first, end).sort(null);
    }

    private static String of(String line) {
        String masked = line;
        for (Mask mask : MASKS) {
            masked = mask.pattern.matcher(masked).replaceAll(mask.instead);
        }
        return masked;
    }
}
