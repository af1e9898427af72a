package io.zabkeeper.server.matrix;

import io.zabkeeper.wire.ErrorCode;

/** How an operation is answered, depending on who asks. */
enum Answer {
    /** To everybody. */
    DONE,
    /** To whoever may; the others hear that they may not. */
    GUARDED,
    /** The same, in the result of the one operation of a multi. */
    GUARDED_INSIDE,
    /** Unimplemented, and the connection ends: there is no such operation for clients. */
    REFUSED,
    /** The body makes no sense. */
    MALFORMED,
    DISABLED,
    NO_WATCHER,
    /** Done, and the connection ends. */
    LAST;

    Verdict to(boolean isAllowed) {
        int guarded = isAllowed ? 0 : ErrorCode.NOAUTH.code();
        return switch (this) {
            case DONE -> Verdict.of(0);
            case GUARDED -> Verdict.of(guarded);
            case GUARDED_INSIDE -> Verdict.inside(guarded);
            case REFUSED -> Verdict.last(ErrorCode.UNIMPLEMENTED.code());
            case MALFORMED -> Verdict.of(ErrorCode.MARSHALLING_ERROR.code());
            case DISABLED -> Verdict.of(ErrorCode.RECONFIG_DISABLED.code());
            case NO_WATCHER -> Verdict.of(ErrorCode.NO_WATCHER.code());
            case LAST -> Verdict.last(0);
        };
    }
}
