/**
 * Texts for operators: the four-letter words of the client port.
 *
 * <p>Pure: a word and a {@link io.zabkeeper.server.metrics.MemberReport} give a text. Recognizing the four bytes on a
 * connection and getting a report from the replica loop is wired by the composition root. The HTTP server, when it
 * comes, reads the same report.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.admin;
