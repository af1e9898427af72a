package io.zabkeeper.server.admin;

import io.zabkeeper.server.config.ServerConfig;
import io.zabkeeper.server.metrics.MemberReport;
import io.zabkeeper.server.metrics.MemberReport.Digest;
import java.util.Map;

/**
 * The answers to the four-letter words, in ZooKeeper's format to the byte: scripts read them.
 *
 * <p>Owns the texts and the whitelist; knows no connection. {@link Word#effect()} is for the caller to see to when the word
 * {@link #isAllowed}. For any thread.
 */
public final class FourLetterWords {
    /** What most words say while the member has no quorum. */
    static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final ServerConfig config;
    private final ConfText conf;
    private final EnviText envi;

    /** @param environment the lines of {@code envi} behind the version, in their order */
    public FourLetterWords(ServerConfig config, Map<String, String> environment) {
        this.config = config;
        this.conf = new ConfText(config);
        this.envi = new EnviText(environment);
    }

    /** Whoever may find a read-only member must be able to tell one. */
    public boolean isAllowed(Word word) {
        return config.admin().allows(word.text())
                || (word == Word.ISRO && config.sessions().readOnly());
    }

    /** What a word that is not in the whitelist gets; nothing else happens. */
    public static String refusal(Word word) {
        return word.text() + " is not executed because it is not in the whitelist.\n";
    }

    /**
     * The whole text to send before the connection is closed.
     *
     * @param traceMask as it is now, the change by this very word included
     */
    public String answer(Word word, MemberReport report, long traceMask) {
        if (!isAllowed(word)) {
            return refusal(word);
        }
        boolean isServing = report.standing().isServing();
        return switch (word) {
            case RUOK -> "imok";
            case GTMK, STMK -> Long.toString(traceMask);
            case ENVI -> envi.of(report);
            case ISRO -> isServing ? (report.standing().isReadOnly() ? "ro" : "rw") : "null";
            case HASH -> isServing ? hash(report) : NOT_SERVING;
            case CONF, CONS, CRST, DIRS, DUMP, MNTR, SRST, SRVR, STAT, WCHC, WCHP, WCHS ->
                isServing ? served(word, report) : NOT_SERVING + "\n";
        };
    }

    private String served(Word word, MemberReport report) {
        return switch (word) {
            case CONF -> conf.of(report);
            case CONS -> StatText.cons(report);
            case CRST -> "Connection stats reset.\n";
            case DIRS ->
                "datadir_size: " + report.directories().dataBytes() + "\nlogdir_size: "
                        + report.directories().logBytes() + "\n";
            case DUMP -> DumpText.of(report);
            case MNTR -> MonitorText.of(report);
            case SRST -> "Server stats reset.\n";
            case SRVR -> StatText.srvr(report);
            case STAT -> StatText.stat(report);
            case WCHC -> WatchText.bySession(report);
            case WCHP -> WatchText.byPath(report);
            case WCHS -> WatchText.summary(report);
            case ENVI, GTMK, HASH, ISRO, RUOK, STMK ->
                throw new IllegalStateException(word + " is answered without regard to serving");
        };
    }

    private static String hash(MemberReport report) {
        StringBuilder text = new StringBuilder();
        for (Digest digest : report.details().digests()) {
            text.append(Long.toHexString(digest.zxid()))
                    .append(": ")
                    .append(digest.digest())
                    .append('\n');
        }
        return text.toString();
    }
}
