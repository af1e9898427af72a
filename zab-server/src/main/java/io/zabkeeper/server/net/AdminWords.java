package io.zabkeeper.server.net;

import java.util.function.Consumer;

/** The four-letter words, as the client port sees them. Called on the replica loop. */
public interface AdminWords {
    /** Bytes that belong to the word behind it, 0 or 8; -1 when the four bytes are no word but the length of a frame. */
    int argumentSize(int firstBytes);

    /**
     * Answers a word once, now or later, on any thread.
     *
     * @param argument 0 for a word without one
     */
    void answer(int firstBytes, long argument, Consumer<String> answer);
}
