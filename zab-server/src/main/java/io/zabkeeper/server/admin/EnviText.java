package io.zabkeeper.server.admin;

import io.zabkeeper.server.metrics.MemberReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to {@code envi}. Clients read it once and look for the version, so it stands first; a line that would push
 * the others out of one read is cut, and only the class path is ever so long.
 */
final class EnviText {
    /** A client that looks for the version reads no more bytes than this (gotcha 77). */
    static final int ONE_READ = 8_192;

    private static final String CUT = "...";

    private final Map<String, String> environment;

    EnviText(Map<String, String> environment) {
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    String of(MemberReport report) {
        String whole = text(report, Integer.MAX_VALUE);
        if (whole.length() <= ONE_READ) {
            return whole;
        }
        int longest =
                environment.values().stream().mapToInt(String::length).max().orElse(0);
        return text(report, Math.max(CUT.length(), longest - (whole.length() - ONE_READ)));
    }

    private String text(MemberReport report, int limit) {
        StringBuilder text = new StringBuilder("Environment:\n");
        line(text, "zookeeper.version", report.version());
        environment.forEach((key, value) ->
                line(text, key, value.length() <= limit ? value : value.substring(0, limit - CUT.length()) + CUT));
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value).append('\n');
    }
}
