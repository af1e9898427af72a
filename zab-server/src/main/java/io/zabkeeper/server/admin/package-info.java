/**
 * Texts for operators: the four-letter words of the client port, and over HTTP, where it is configured, the same as JSON
 * and for Prometheus.
 *
 * <p>Pure: a word and a {@link io.zabkeeper.server.metrics.MemberReport} give a text. The report is made by
 * {@link io.zabkeeper.server.admin.report.MemberReporter}. Recognizing the four bytes on a connection is wired by the
 * composition root.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.admin;
