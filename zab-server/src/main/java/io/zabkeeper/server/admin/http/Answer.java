package io.zabkeeper.server.admin.http;

/**
 * A page.
 *
 * @param status HTTP's number
 * @param contentType as in the header
 */
public record Answer(int status, String contentType, String text) {
    private static final String PLAIN = "text/plain; charset=utf-8";

    public static final Answer NOT_FOUND = new Answer(404, PLAIN, "Not found.\n");
    public static final Answer METHOD_NOT_ALLOWED = new Answer(405, PLAIN, "Only GET is answered here.\n");
    static final Answer TOO_MANY = new Answer(429, PLAIN, "Too many requests, try again in a second.\n");

    static Answer bad(int status, String reason) {
        return new Answer(status, PLAIN, reason + "\n");
    }
}
