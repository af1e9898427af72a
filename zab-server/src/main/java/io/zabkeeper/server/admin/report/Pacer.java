package io.zabkeeper.server.admin.report;

/** Puts the next step of a long collection off, so that the loop gets to its real work in between. */
public interface Pacer {
    void later(Runnable step);
}
