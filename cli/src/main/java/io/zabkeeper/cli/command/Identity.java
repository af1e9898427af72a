package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;

/** Who the client says it is; its text form keeps the credentials to itself. */
public record Identity(String scheme, Bytes credentials) {
    /**
     * Of {@code SCHEME:CREDENTIALS}.
     *
     * @param source where the text was given, for the message
     */
    static Identity parse(String text, String source) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            // The text may well be a password without its scheme.
            throw new CommandFailure(
                    ExitCode.USAGE, source + " is SCHEME:CREDENTIALS, for example digest:alice:password");
        }
        return new Identity(text.substring(0, colon), Bytes.ofUtf8(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return scheme + ":***";
    }
}
