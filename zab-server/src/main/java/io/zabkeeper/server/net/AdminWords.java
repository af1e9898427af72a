package io.zabkeeper.server.net;

import org.jspecify.annotations.Nullable;

/** The four-letter words, as the client port sees them. Called on the replica loop. */
public interface AdminWords {
    /** The answer to the first four bytes of a connection; null when they are the length of a frame and no word. */
    @Nullable
    String answer(int firstBytes);
}
