package io.zabkeeper.server.admin.report;

/** What a report holds only if it is asked for. */
public enum Topic {
    /** The numbers of the registry. */
    METRICS,
    CONNECTIONS,
    /** Sessions and when they expire. */
    SESSIONS,
    EPHEMERALS,
    WATCHES,
    DIGESTS
}
