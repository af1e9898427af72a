package io.zabkeeper.server.admin.http;

import java.util.function.Consumer;

/** What a port answers. */
public interface Pages {
    /** Answers once, now or later; called on the port's thread, answers on any. */
    void answer(Question question, Consumer<Answer> answer);
}
