/**
 * A small HTTP server for operators: pages that are asked for by path and answered with one text, on a thread of its own.
 *
 * <p>Nothing in a request is believed but its method, path and parameters: no header says who asks (CVE-2024-51504).
 * Requests, connections and the rate of both are bounded. Knows no member; what a page says is for
 * {@link io.zabkeeper.server.admin.http.Pages} to know.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.admin.http;
