package io.zabkeeper.server.admin.http;

import java.util.Map;

/**
 * A request, as far as anybody looks at it.
 *
 * @param method as sent, {@code HEAD} as {@code GET}: its answer is the same without a body
 * @param path decoded, without parameters
 * @param parameters the first value of each
 */
public record Question(String method, String path, Map<String, String> parameters) {
    public Question {
        parameters = Map.copyOf(parameters);
    }

    public boolean isGet() {
        return method.equals("GET");
    }
}
